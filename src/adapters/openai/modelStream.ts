import * as l10n from '@vscode/l10n';
import type { OpenAI } from 'openai';
import type { Credentials } from '../../ports/credentials';
import type { Log } from '../../ports/log';
import { ModelError, type Model, type ModelEvent, type ModelRequest } from '../../ports/model';
import { classifyFailure, incompleteError, type ErrorContext } from './classifyError';
import { IdleWatch } from './idleWatch';
import type { Reading } from './modelEvents';
import type { WireItem } from './replayableItem';
import { requestError } from './requestError';
import { readTarget, type Target } from './target';

/** The class of the `openai` package's clients. */
export type Client = typeof OpenAI;

/** What every model of this folder needs. */
export interface ModelOptions {
  readonly credentials: Credentials;
  readonly log?: Log;
  /** Another way to the network, such as a proxy's. */
  readonly fetch?: typeof fetch;
  /** Silence after which a stream is given up, in milliseconds. */
  readonly idleMs?: number;
}

/** One way to ask a server: what is sent, and how the answer is read. */
export interface Wire {
  /** The API's name for people. */
  readonly api: string;
  /** Whether a server that is not OpenAI's may be asked without a key. */
  readonly keyless: boolean;
  /** Whether a server may answer with one JSON document instead of a stream. */
  readonly unstreamed: boolean;
  send(
    client: OpenAI,
    request: ModelRequest,
    signal: AbortSignal,
  ): Promise<{ readonly data: WireStream; readonly response: Response }>;
  /** A reader for one answer. */
  reader(request: ModelRequest): AnswerReader;
}

/** Reads the events of one answer. Servers may send anything: what makes no sense is passed over. */
export interface AnswerReader {
  read(event: WireItem): readonly Reading[];
  /** What is to say when the stream closed; nothing where the answer is not whole. */
  end(): readonly Reading[];
}

/** The parsed events of an answer. */
export type WireStream = AsyncIterable<unknown> & { readonly controller: AbortController };

/** What a model keeps between requests. */
interface ModelMemory {
  readonly load: () => Promise<Client>;
  /** The client of the last request where it asked the same server with the same key. */
  readonly clientFor: (Client: Client, target: Target) => OpenAI;
  /** Hosts whose name is right: those that answered, and the one that needs no setting. */
  readonly knownHosts: Set<string>;
}

/** A model behind this wire. It never retries: `runStep` does. */
export function createModel(wire: Wire, options: ModelOptions): Model {
  let loading: Promise<Client> | undefined;
  const load = () => (loading ??= loadClient());
  let made: { readonly target: Target; readonly client: OpenAI } | undefined;
  const memory: ModelMemory = {
    load,
    clientFor(Client, target) {
      const isSame = made?.target.url === target.url && made.target.key === target.key;
      if (!made || !isSame) made = { target, client: createClient(Client, options, target) };
      return made.client;
    },
    knownHosts: new Set(['api.openai.com']),
  };
  return {
    stream: (request, signal) => streamAnswer(wire, options, memory, request, signal),
  };
}

async function* streamAnswer(
  wire: Wire,
  options: ModelOptions,
  { load, clientFor, knownHosts }: ModelMemory,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  throwIfAborted(signal);
  const { api } = wire;
  const target = await readTarget(options.credentials, wire.keyless);
  const { host, key } = target;
  const knownHost = knownHosts.has(host);
  const context: ErrorContext = { model: request.model, host, key, api, knownHost };
  const Client = await load();
  throwIfAborted(signal);
  const watch = new IdleWatch(options.idleMs ?? 300_000, signal);
  try {
    const client = clientFor(Client, target);
    const events = await openAnswer(wire, client, request, host, watch.signal);
    knownHosts.add(host);
    for await (const readings of readAnswer(events, wire.reader(request))) {
      // The caller may take its time: only the server's silence counts.
      watch.pause();
      for (const reading of readings) {
        if (reading.type === 'failure') throw classifyFailure(reading.failure, context);
        if (reading.type === 'incomplete') throw incompleteError(reading.reason);
        yield reading;
        if (reading.type === 'completed') return;
      }
      watch.start();
    }
    throw new ModelError('stream', l10n.t('{0} ended the answer too early.', host), {
      retryable: true,
    });
  } catch (error) {
    throwIfAborted(signal);
    const failure = watch.expired
      ? new ModelError('stream', l10n.t('{0} fell silent.', host), { retryable: true })
      : requestError(error, Client, context);
    options.log?.warn(`A model request failed: ${failure.code}.`);
    throw failure;
  } finally {
    watch.stop();
  }
}

/** What the events of an answer mean. */
export async function* readAnswer(
  events: AsyncIterable<unknown> | Iterable<unknown>,
  reader: AnswerReader,
): AsyncGenerator<readonly Reading[]> {
  for await (const event of events) {
    const isObject = typeof event === 'object' && event !== null;
    yield isObject ? reader.read(event as WireItem) : [];
  }
  yield reader.end();
}

/** The client alone: the package's front door also loads Azure's and Bedrock's. */
export async function loadClient(): Promise<Client> {
  return (await import('openai/client')).OpenAI;
}

/** A client of the server that is asked; it neither retries nor follows a redirect. */
export function createClient(
  Client: Client,
  options: Pick<ModelOptions, 'fetch'>,
  { key, url }: Target,
): OpenAI {
  return new Client({
    // The package insists on a key; without one no such header is sent.
    apiKey: key || 'none',
    ...(key === '' && { defaultHeaders: { authorization: null } }),
    baseURL: url,
    maxRetries: 0,
    logLevel: 'off',
    // A redirect would carry the request to a server nobody chose.
    fetchOptions: { redirect: 'manual' },
    ...(options.fetch && { fetch: options.fetch }),
  });
}

/** Sends the request; resolves when the server begins to answer. @throws ModelError where it answers with no stream. */
export async function openAnswer(
  wire: Wire,
  client: OpenAI,
  request: ModelRequest,
  host: string,
  signal: AbortSignal,
): Promise<AsyncIterable<unknown> | Iterable<unknown>> {
  const { data, response } = await wire.send(client, request, signal);
  const type = response.headers.get('content-type') ?? '';
  if (wire.unstreamed && /\bjson\b/.test(type)) return [(await response.json()) as unknown];
  if (/\b(html|json)\b/.test(type)) {
    data.controller.abort();
    throw new ModelError(
      'invalidRequest',
      l10n.t(
        '{0} answers with {1} instead of a stream of events. Check the base URL; it usually ends in /v1.',
        host,
        type.split(';')[0] ?? '',
      ),
      { retryable: false },
    );
  }
  return data;
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new DOMException('The request was interrupted.', 'AbortError');
}
