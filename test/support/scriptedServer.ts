import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  responseEvents,
  type ScriptedResponse,
  type ScriptedUsage,
  type WireEvent,
} from './scriptedEvents';
import type { ScriptedOutput } from './scriptedOutput';
import { findViolation, type ScriptedBody } from './scriptedRules';

export { customCall, functionCall, message, otherItem, reasoning } from './scriptedOutput';

/** How the server answers one request. */
export type Step =
  | ({ readonly kind: 'respond' } & ScriptedResponse & Delivery)
  | {
      readonly kind: 'httpError';
      readonly status: number;
      readonly body: unknown;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'hang' };

/** How the bytes of a response come. */
interface Delivery {
  /** Events sent before the connection is cut (`drop`) or falls silent (`hang`). */
  readonly stopAfter?: {
    readonly events: number;
    readonly how: 'drop' | 'close' | 'hang';
    /** The next event is begun too. */
    readonly midEvent?: boolean;
  };
  /** Sends the numbered events otherwise than they should come. */
  readonly arrange?: (events: readonly WireEvent[]) => readonly WireEvent[];
  /** Milliseconds between events. */
  readonly pauseMs?: number;
  /** Cuts the stream into chunks of so many bytes, through the middle of characters if it comes to that. */
  readonly chunkBytes?: number;
  /** Ends lines the other allowed way and puts comments between events. */
  readonly crlf?: boolean;
}

type RespondStep = Extract<Step, { kind: 'respond' }>;

/** A request as it came. */
export interface ScriptedRequest {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** The exact body text. */
  readonly raw: string;
  readonly body: ScriptedBody;
  /** Text of the tool output for a call, as the model reads it; undefined where there is none. */
  outputOf(callId: string): string | undefined;
}

export type Script =
  | readonly (Step | ((request: ScriptedRequest) => Step))[]
  | ((request: ScriptedRequest, index: number) => Step);

/** A Responses API server on this machine that follows a script and remembers what it was sent. */
export interface ScriptedServer {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  readonly requests: readonly ScriptedRequest[];
  /** Rules that requests broke; each was answered with 400. Tests of healthy runs expect none. */
  readonly violations: readonly string[];
  close(): Promise<void>;
}

const defaultUsage: ScriptedUsage = {
  inputTokens: 100,
  cachedInputTokens: 0,
  outputTokens: 20,
  reasoningOutputTokens: 0,
};

/** A response that completes with these outputs. */
export function respond(...outputs: ScriptedOutput[]): RespondStep {
  return {
    kind: 'respond',
    outputs,
    usage: defaultUsage,
    ending: { type: 'response.completed' },
  };
}

/** The same response with other token counts. */
export function withUsage(step: RespondStep, usage: Partial<ScriptedUsage>): RespondStep {
  return { ...step, usage: { ...step.usage, ...usage } };
}

/** The same response with another ending than `response.completed`. */
export function endingWith(step: RespondStep, ending: ScriptedResponse['ending']): RespondStep {
  return { ...step, ending };
}

/** The same response, delivered slowly or in odd chunks. */
export function delivered(step: RespondStep, delivery: Delivery): RespondStep {
  return { ...step, ...delivery };
}

/** Sends the first `events` events of a response (a long message by default) and then resets the connection. */
export function dropAfter(events: number, step = longMessage()): RespondStep {
  return { ...step, stopAfter: { events, how: 'drop' } };
}

/** Sends the first `events` events of a response and then ends the stream as if all were well. */
export function closeAfter(events: number, step = longMessage()): RespondStep {
  return { ...step, stopAfter: { events, how: 'close' } };
}

/** Sends the first `events` events of a response and then nothing more. */
export function hangAfter(events: number, step = longMessage()): RespondStep {
  return { ...step, stopAfter: { events, how: 'hang' } };
}

/** Never answers. */
export function hang(): Step {
  return { kind: 'hang' };
}

/** Answers with an HTTP status; a `body` that is no string is sent as JSON. */
export function httpError(
  status: number,
  body: unknown = { error: { message: `status ${status}` } },
  headers: Readonly<Record<string, string>> = {},
): Step {
  return { kind: 'httpError', status, body, headers };
}

function longMessage(): RespondStep {
  const text = 'one two three four five six seven eight nine ten eleven twelve ';
  return respond({ kind: 'message', text: text.repeat(5), phase: undefined });
}

/** Starts the server on a free port of 127.0.0.1. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = [];
  const violations: string[] = [];
  const server = createServer((incoming, outgoing) => {
    outgoing.on('error', () => {});
    readText(incoming).then(
      (raw) => answer(incoming, raw, outgoing),
      () => outgoing.destroy(),
    );
  });

  async function answer(incoming: IncomingMessage, raw: string, outgoing: ServerResponse) {
    // Asked beside any turn, once somebody has looked at the list: no step of the script.
    if (incoming.method === 'GET' && incoming.url === '/v1/models') {
      return sendError(outgoing, { kind: 'httpError', status: 404, body: 'no list', headers: {} });
    }
    const request = toRequest(incoming, raw);
    const index = requests.push(request) - 1;
    const violation = routeViolation(incoming) ?? findViolation(request.body);
    const step = violation === undefined ? nextStep(request, index) : refuse(violation);
    if (step.kind === 'hang') return;
    if (step.kind === 'httpError') return sendError(outgoing, step);
    await sendEvents(outgoing, step, responseEvents(step, index + 1));
  }

  function nextStep(request: ScriptedRequest, index: number): Step {
    if (typeof script === 'function') return script(request, index);
    const step = script[index];
    if (step === undefined) return refuse(`The script has no step for request ${index + 1}.`);
    return typeof step === 'function' ? step(request) : step;
  }

  function refuse(violation: string): Step {
    violations.push(violation);
    return httpError(400, { error: { message: violation, type: 'invalid_request_error' } });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    violations,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function routeViolation(incoming: IncomingMessage): string | undefined {
  if (incoming.method === 'POST' && incoming.url === '/v1/responses') return undefined;
  return `Unknown request URL: ${incoming.method} ${incoming.url}.`;
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function toRequest(incoming: IncomingMessage, raw: string): ScriptedRequest {
  let body: ScriptedBody | undefined;
  try {
    body = JSON.parse(raw) as ScriptedBody;
  } catch {
    // `findViolation` says so to the client.
  }
  return {
    url: incoming.url ?? '',
    headers: incoming.headers,
    raw,
    body: body as ScriptedBody,
    outputOf(callId) {
      const output = body?.input.find(
        (item) => item.call_id === callId && item.output !== undefined,
      )?.output;
      return output === undefined || typeof output === 'string' ? output : JSON.stringify(output);
    },
  };
}

function sendError(outgoing: ServerResponse, step: Extract<Step, { kind: 'httpError' }>): void {
  const isText = typeof step.body === 'string';
  const type = isText ? 'text/html' : 'application/json';
  outgoing.writeHead(step.status, { 'content-type': type, ...step.headers });
  outgoing.end(isText ? step.body : JSON.stringify(step.body));
}

async function sendEvents(
  outgoing: ServerResponse,
  step: RespondStep,
  events: readonly WireEvent[],
): Promise<void> {
  outgoing.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  outgoing.flushHeaders();
  const numbered = events.map((event, number) => ({ ...event, sequence_number: number }));
  const arranged = step.arrange?.(numbered) ?? numbered;
  const count = step.stopAfter?.events ?? arranged.length;
  for (const event of arranged.slice(0, count)) {
    if (outgoing.destroyed) return;
    const text = eventText(event);
    await send(outgoing, step.crlf ? `: ping\n\n${text}`.replaceAll('\n', '\r\n') : text, step);
    if (step.pauseMs) await sleep(step.pauseMs);
  }
  const { how, midEvent } = step.stopAfter ?? {};
  const next = arranged[count];
  if (midEvent && next) await send(outgoing, eventText(next).slice(0, -12), step);
  if (how === 'hang') return;
  if (how === 'drop') outgoing.socket?.resetAndDestroy();
  else outgoing.end();
}

function eventText(event: WireEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Hands bytes to the socket and waits until they are gone, so that chunks stay apart. */
async function send(outgoing: ServerResponse, text: string, step: Delivery): Promise<void> {
  const bytes = Buffer.from(text);
  const size = step.chunkBytes ?? bytes.length;
  for (let at = 0; at < bytes.length && !outgoing.destroyed; at += size) {
    await new Promise<void>((resolve) => {
      outgoing.write(bytes.subarray(at, at + size), () => resolve());
    });
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
