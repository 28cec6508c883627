import type * as openaiPackage from 'openai';
import type { Credentials } from '../../ports/credentials';
import type { Log } from '../../ports/log';
import { ModelError, type Model, type ModelEvent, type ModelRequest } from '../../ports/model';
import { classifyFailure, incompleteError, type ErrorContext } from './classifyError';
import { connectionError } from './connectionError';
import { readFailure, readWireEvent } from './modelEvents';
import type { WireItem } from './replayableItem';
import { requestBody } from './requestBody';

type Package = typeof openaiPackage;

export interface ResponsesModelOptions {
  readonly credentials: Credentials;
  readonly log?: Log;
  /** Another way to the network, such as a proxy's. */
  readonly fetch?: typeof fetch;
  /** Silence after which a stream is given up, in milliseconds. */
  readonly idleMs?: number;
}

/** A model that can get ready before its first request. */
export interface ResponsesModel extends Model {
  /** Loads the client package ahead of time; harmless to call often. */
  warmUp(): void;
}

/** The Responses API of OpenAI or of a server that speaks it. It never retries: `runStep` does. */
export function createResponsesModel(options: ResponsesModelOptions): ResponsesModel {
  let loading: Promise<Package> | undefined;
  const load = () => (loading ??= import('openai'));
  return {
    warmUp: () => void load(),
    stream: (request, signal) => streamResponse(options, load, request, signal),
  };
}

async function* streamResponse(
  options: ResponsesModelOptions,
  load: () => Promise<Package>,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  throwIfAborted(signal);
  const target = await readTarget(options.credentials);
  const context: ErrorContext = { model: request.model, host: target.host, key: target.key };
  const openai = await load();
  throwIfAborted(signal);
  const watch = new IdleWatch(options.idleMs ?? 300_000, signal);
  try {
    const events = await open(openai, options, target, request, watch.signal);
    for await (const event of events) {
      const reading = readWireEvent(event);
      if (reading?.type === 'failure') throw classifyFailure(reading.failure, context);
      if (reading?.type === 'incomplete') throw incompleteError(reading.reason);
      // The caller may take its time: only the server's silence counts.
      watch.pause();
      if (reading) yield reading;
      if (reading?.type === 'completed') return;
      watch.start();
    }
    throw new ModelError('stream', `${target.host} ended the answer too early.`, {
      retryable: true,
    });
  } catch (error) {
    throwIfAborted(signal);
    const failure = watch.expired
      ? new ModelError('stream', `${target.host} fell silent.`, { retryable: true })
      : toModelError(error, openai, context);
    options.log?.warn(`A model request failed: ${failure.code}.`);
    throw failure;
  } finally {
    watch.stop();
  }
}

/** Sends the request; resolves when the server begins a stream of events. */
async function open(
  openai: Package,
  options: ResponsesModelOptions,
  target: Target,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<AsyncIterable<WireItem>> {
  const client = new openai.OpenAI({
    apiKey: target.key,
    baseURL: target.url,
    maxRetries: 0,
    logLevel: 'off',
    // A redirect would carry the request to a server nobody chose.
    fetchOptions: { redirect: 'manual' },
    ...(options.fetch && { fetch: options.fetch }),
  });
  const { data, response } = await client.responses
    .create(requestBody(request), { signal })
    .withResponse();
  const type = response.headers.get('content-type') ?? '';
  if (/\b(html|json)\b/.test(type)) {
    data.controller.abort();
    throw new ModelError(
      'invalidRequest',
      `${target.host} answers with ${type.split(';')[0]} instead of a stream of events. ` +
        'Check the base URL; it usually ends in /v1.',
      { retryable: false },
    );
  }
  return data as unknown as AsyncIterable<WireItem>;
}

interface Target {
  readonly key: string;
  readonly url: string;
  readonly host: string;
}

/** Where the request goes. Nothing is sent where the key or the base URL cannot be used. */
async function readTarget(credentials: Credentials): Promise<Target> {
  const refuse = (code: 'credentials' | 'invalidRequest', message: string) =>
    new ModelError(code, message, { retryable: false });
  const url = credentials.baseUrl().trim();
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw refuse('invalidRequest', 'The base URL is not an http or https address. Check it.');
  }
  const key = (await credentials.apiKey())?.trim();
  if (!key) throw refuse('credentials', 'No API key is known. Set one to go on.');
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw refuse('credentials', 'The API key holds characters that no key has. Set it again.');
  }
  return { key, url, host: parsed.host };
}

function toModelError(error: unknown, openai: Package, context: ErrorContext): ModelError {
  if (error instanceof ModelError) return error;
  if (error instanceof openai.APIConnectionError) return connectionError(error, context.host);
  if (error instanceof openai.APIError) {
    const { status, headers } = error as openaiPackage.APIError;
    return classifyFailure({ ...readFailure(error.error), status, headers }, context);
  }
  if (error instanceof SyntaxError) {
    return new ModelError('stream', `${context.host} sent an event that cannot be read.`, {
      retryable: true,
    });
  }
  return connectionError(error, context.host);
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new DOMException('The request was interrupted.', 'AbortError');
}

/** Aborts a request when nothing came for a while, or when the caller's signal aborts. */
class IdleWatch {
  private readonly controller = new AbortController();
  private readonly onAbort = () => this.controller.abort();
  private timer: NodeJS.Timeout | undefined;
  expired = false;

  constructor(
    private readonly idleMs: number,
    private readonly caller: AbortSignal,
  ) {
    caller.addEventListener('abort', this.onAbort);
    this.start();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  start(): void {
    this.timer = setTimeout(() => {
      this.expired = true;
      this.controller.abort();
    }, this.idleMs);
  }

  pause(): void {
    clearTimeout(this.timer);
  }

  stop(): void {
    this.pause();
    this.caller.removeEventListener('abort', this.onAbort);
    this.controller.abort();
  }
}
