import * as z from 'zod';
import type { Subscribe } from '../base/emitter';
import { errorMessage } from '../base/errorMessage';
import type { ItemId } from '../protocol/ids';
import type {
  CommandExecutionItem,
  FileChangeItem,
  Question,
  QuestionItem,
  ToolCallItem,
} from '../protocol/items';
import type { Plan } from '../protocol/plan';
import type { Access } from '../policy/access';
import type { Reply } from '../ports/questioner';
import type { Diagnostics } from '../ports/diagnostics';
import type { Confinement } from '../ports/sandbox';
import type { Search } from '../ports/search';
import type { Terminals } from '../ports/terminal';
import type { ToolFiles } from '../ports/workspaceFiles';

type Draft<T> = T extends unknown ? Omit<T, 'id' | 'status'> : never;

/** An item a tool draws, without what the dispatcher fills in. */
export type ToolItemDraft = Draft<
  CommandExecutionItem | FileChangeItem | QuestionItem | ToolCallItem
>;

/** One file a tool wrote itself, with its content before and after; null where absent. */
export interface WrittenFile {
  /** Relative to the thread's folder. */
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
  /** True for a deleted file that could be executed. */
  readonly wasExecutable?: boolean;
}

/** What a call came to: text for the model, an item for people. */
export interface ToolResult {
  /** False where it failed in a way the model can react to. */
  readonly ok: boolean;
  readonly modelText: string;
  /** An image the model is to see, as a `data:` URL. */
  readonly modelImage?: { readonly dataUrl: string; readonly detail: 'auto' | 'low' | 'high' };
  /** The item as it ends; the one it started with where absent. */
  readonly item?: ToolItemDraft;
  readonly written?: readonly WrittenFile[];
  /** Lines for the end of `modelText` that take a moment to find out; asked for once `written` is recorded. */
  readonly aftermath?: () => Promise<readonly string[]>;
  /** A running command that the call let go on: it may have written meanwhile, and may write until it exits. */
  readonly wentOn?: { readonly command: string; readonly onExit: Subscribe<number> };
}

/** What a running call may use. */
export interface ToolContext {
  readonly signal: AbortSignal;
  /** The item that shows the call. */
  readonly itemId: ItemId;
  /** Absolute. */
  readonly cwd: string;
  readonly terminals: Terminals;
  readonly files: ToolFiles;
  readonly search: Search;
  /** Absent where no language servers run. */
  readonly diagnostics?: Diagnostics;
  /** True where the policy judged the call to only read. */
  readonly readOnly: boolean;
  /** What a command of the call may reach; everything that the person may where absent. */
  readonly confinement?: Confinement;
  /** Shows output of the call while it runs. */
  showOutput(text: string): void;
  showPlan(plan: Plan): void;
  /** Puts questions to the person through the item of this call, and waits. Never throws. */
  askPerson(questions: readonly Question[]): Promise<Reply>;
}

/** A call as it was meant, with the absolute folder its paths are relative to. */
export interface MeantCall {
  readonly tool: string;
  readonly argumentsJson: string;
  readonly cwd: string;
}

/** A tool of the agent. */
export interface Tool<Input = unknown> {
  readonly name: string;
  readonly description: string;
  /** JSON schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Lets models trained for it send raw text instead of JSON. */
  readonly freeform?: {
    readonly description: string;
    readonly grammar: { readonly syntax: 'lark'; readonly definition: string };
    toInput(text: string): Input;
  };
  /** Checks arguments. @throws Error whose message tells the model what is wrong. */
  parse(argumentsJson: string): Input;
  /** The call of another tool that this one really is, such as a patch sent through the shell. */
  standsFor?(input: Input, cwd: string): MeantCall | undefined;
  access(input: Input, cwd: string): Access;
  /** How long a call may take, in milliseconds, where what it accesses does not tell (`timeLimitOf`). */
  readonly timeLimitMs?: number;
  /** How the call is drawn while it runs; null where it draws nothing. */
  item(input: Input, context: { cwd: string; readOnly: boolean }): ToolItemDraft | null;
  /** Runs the call. Expected failures are results with `ok: false`; what is thrown becomes one too. */
  run(input: Input, context: ToolContext): Promise<ToolResult>;
}

/** Makes a tool whose schema and input type come from one zod object. */
export function defineTool<Shape extends z.ZodRawShape>(
  definition: Omit<Tool<z.output<z.ZodObject<Shape>>>, 'parameters' | 'parse'> & {
    readonly input: z.ZodObject<Shape>;
  },
): Tool {
  type Input = z.output<z.ZodObject<Shape>>;
  const { input, ...rest } = definition;
  const { $schema: _, ...parameters } = z.toJSONSchema(input, { io: 'input' });
  const tool: Tool<Input> = {
    ...rest,
    parameters,
    parse: (argumentsJson) => parseArguments(input, argumentsJson),
  };
  return tool;
}

function parseArguments<Output>(schema: z.ZodType<Output>, argumentsJson: string): Output {
  let value: unknown;
  try {
    value = JSON.parse(argumentsJson === '' ? '{}' : argumentsJson);
  } catch (error) {
    throw new Error(`the arguments are not JSON (${errorMessage(error)})`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`)
      .join('; '),
  );
}
