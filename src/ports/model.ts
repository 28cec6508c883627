import type { TurnErrorCode } from '../protocol/events';
import type { ModelItem } from '../protocol/modelItem';
import type { Effort, WireApi } from '../protocol/turnContext';
import type { Usage } from '../protocol/usage';

/** A tool as the model is told of it. */
export type ModelTool =
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly description: string;
      /** JSON schema of the arguments. */
      readonly parameters: Readonly<Record<string, unknown>>;
    }
  /** Takes raw text in a grammar instead of JSON. */
  | {
      readonly kind: 'freeform';
      readonly name: string;
      readonly description: string;
      readonly grammar: { readonly syntax: 'lark' | 'regex'; readonly definition: string };
    };

/** Everything one request says. Equal requests must become equal bytes on the wire. */
export interface ModelRequest {
  readonly model: string;
  readonly instructions: string;
  readonly input: readonly ModelItem[];
  readonly tools: readonly ModelTool[];
  readonly parallelToolCalls: boolean;
  /** Absent for models that do not reason. */
  readonly effort?: Effort;
  readonly verbosity?: 'low' | 'medium' | 'high';
  /** Groups requests that share a prefix; the thread's id. */
  readonly promptCacheKey: string;
  /** JSON schema the final answer must follow. */
  readonly outputSchema?: Readonly<Record<string, unknown>>;
  /** Class of service asked for, such as `flex`. */
  readonly serviceTier?: string;
  /** The API the server is asked through; the Responses API where nothing is said. Not sent. */
  readonly wireApi?: WireApi;
}

/** What the model's stream says. `outputIndex` ties deltas to the item they belong to. */
export type ModelEvent =
  | { readonly type: 'created'; readonly responseId: string }
  /** An item begins to form; its content follows. */
  | { readonly type: 'itemAdded'; readonly outputIndex: number; readonly item: ModelItem }
  | { readonly type: 'textDelta'; readonly outputIndex: number; readonly text: string }
  /** A piece of a reasoning summary; a new `part` begins a new paragraph. */
  | {
      readonly type: 'reasoningDelta';
      readonly outputIndex: number;
      readonly part: number;
      readonly text: string;
    }
  /** An item is whole: this is what goes into the history. */
  | { readonly type: 'itemDone'; readonly outputIndex: number; readonly item: ModelItem }
  /** The last event of every stream that ended well. */
  | { readonly type: 'completed'; readonly responseId: string; readonly usage: Usage };

/** A language model behind some wire. */
export interface Model {
  /**
   * Sends one request and yields its events; the last one is `completed`.
   * @throws ModelError for everything that goes wrong on the way; `runStep` retries what is retryable.
   * An aborted signal ends the stream with an AbortError.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}

/** A request that failed, classified. The message is for people and never holds the key. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code: TurnErrorCode;
  readonly retryable: boolean;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** True where the server could not be reached at all, so that waiting for the network helps. */
  readonly offline: boolean;

  constructor(
    code: TurnErrorCode,
    message: string,
    options: {
      retryable: boolean;
      retryAfterMs?: number | undefined;
      offline?: boolean;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
    this.offline = options.offline ?? false;
  }
}
