import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { finished, type Duplex } from 'node:stream';
import { errorMessage } from '../../base/errorMessage';
import type { HostContact, HostDecidedBy } from '../../protocol/hostContact';
import { DialError, dialHost, type Dialing } from './dialHost';
import { forwardRequest } from './forwardRequest';
import type { HostGate, HostRequest } from './hostGate';
import { readAuthority } from './hostName';
import { joinSockets } from './joinSockets';
import { readTarget, seenHost } from './requestTarget';

export interface ForwardProxyOptions {
  readonly gate: HostGate;
  readonly dialing: Dialing;
  readonly onReached?: ((host: string) => void) | undefined;
  readonly onContact: (contact: HostContact) => void;
  /** Ends every connection. */
  readonly signal: AbortSignal;
}

const maxHeaderBytes = 16 * 1024;
const headersMs = 30_000;
const mostConnections = 128;
/** How long a refused request may go on sending. */
const refusedMs = 2000;
/** A connection over which nothing comes for so long is ended. */
export const idleMs = 5 * 60_000;

/**
 * An HTTP proxy for one command, not listening yet. It speaks plain HTTP in absolute form and CONNECT, asks the gate
 * about every request, and adds nothing of the person's: no credentials, no headers.
 */
export function createForwardProxy(options: ForwardProxyOptions): Server {
  const server = createServer({
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headersMs,
    requestTimeout: 0,
    insecureHTTPParser: false,
  });
  server.maxConnections = mostConnections;
  // A fault of ours ends one connection, never the host.
  server.on('request', (request, response) => {
    onRequest(options, request, response).catch(() => response.destroy());
  });
  server.on('connect', (request, socket, head) => {
    onConnect(options, request, socket, head).catch(() => socket.destroy());
  });
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => refuseRaw(socket, 400, 'This is no HTTP request.'));
  options.signal.addEventListener('abort', () => server.closeAllConnections(), { once: true });
  return server;
}

async function onRequest(
  options: ForwardProxyOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.on('error', () => response.destroy());
  const { method = '' } = request;
  const target = readTarget(method, request.url ?? '', request.headers);
  if (!target.ok) {
    record(options, { ...target.seen, method }, { outcome: 'denied', reason: target.reason });
    return refuse(request, response, 400, target.reason);
  }
  const opened = await open(options, target.request, response);
  if ('reason' in opened) return refuse(request, response, opened.status, opened.reason);
  const { socket } = opened;
  socket.setTimeout(idleMs, () => socket.destroy());
  forwardRequest({ request, response, socket, target });
}

async function onConnect(
  options: ForwardProxyOptions,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
): Promise<void> {
  client.on('error', () => client.destroy());
  const authority = readAuthority(request.url ?? '');
  if (authority?.port === undefined) {
    const host = seenHost(request.url ?? '');
    const reason = `CONNECT takes a plain host name and a port, which this is not: ${JSON.stringify(host)}.`;
    record(options, { host, port: 0, method: 'CONNECT' }, { outcome: 'denied', reason });
    return refuseRaw(client, 400, reason);
  }
  const { host, port } = authority;
  const wanted = { host, port, method: 'CONNECT', writing: false };
  const opened = await open(options, wanted, client);
  if ('reason' in opened) return refuseRaw(client, opened.status, opened.reason);
  const { socket } = opened;
  client.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) socket.write(head);
  joinSockets(client, socket, idleMs);
}

type Opened = { readonly socket: Socket } | { readonly status: 403 | 502; readonly reason: string };

/** Asks the gate and dials. What comes to nothing is recorded at once, a connection when it has ended. */
async function open(
  options: ForwardProxyOptions,
  wanted: HostRequest,
  client: { readonly destroyed: boolean },
): Promise<Opened> {
  const { gate, dialing, signal } = options;
  const verdict = await gate.decide(wanted);
  if (!verdict.allowed) {
    record(options, wanted, { outcome: 'denied', by: verdict.by, reason: verdict.reason });
    return { status: 403, reason: verdict.reason };
  }
  try {
    if (client.destroyed) throw new DialError('The program did not wait for the answer', false);
    const socket = await dialHost(wanted, dialing, signal);
    options.onReached?.(wanted.host);
    const address = socket.remoteAddress;
    const end = () => socket.destroy();
    signal.addEventListener('abort', end);
    socket.once('close', () => {
      signal.removeEventListener('abort', end);
      record(options, wanted, { outcome: 'allowed', by: verdict.by, socket, address });
    });
    return { socket };
  } catch (error) {
    const refused = error instanceof DialError && error.refused;
    const reason = `${errorMessage(error)}.`;
    record(
      options,
      wanted,
      refused ? { outcome: 'denied', reason } : { outcome: 'failed', by: verdict.by, reason },
    );
    return { status: refused ? 403 : 502, reason };
  }
}

interface Ending {
  readonly outcome: HostContact['outcome'];
  /** Our own rules where absent. */
  readonly by?: HostDecidedBy;
  readonly reason?: string;
  readonly socket?: Socket;
  readonly address?: string | undefined;
}

function record(
  { onContact }: ForwardProxyOptions,
  { host, port, method }: Pick<HostRequest, 'host' | 'port' | 'method'>,
  { outcome, by = 'policy', reason, socket, address }: Ending,
): void {
  onContact({
    ...{ host, port, method, outcome, by },
    ...(reason === undefined ? {} : { reason }),
    ...(address === undefined ? {} : { address }),
    sentBytes: socket?.bytesWritten ?? 0,
    receivedBytes: socket?.bytesRead ?? 0,
  });
}

/**
 * The connection is closed once the program has sent what it had to: the answer is lost where unread bytes are left.
 * Nothing of them goes anywhere.
 */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  reason: string,
): void {
  const body = `Tandem: ${reason}\n`;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.write(body);
  const patience = setTimeout(() => response.end(), refusedMs);
  finished(request, { writable: false }, () => {
    clearTimeout(patience);
    response.end();
  });
  request.resume();
}

/** A refusal where no response object exists; most clients show its status line at best. */
function refuseRaw(client: Duplex, status: number, reason: string): void {
  if (!client.writable) return void client.destroy();
  const body = `Tandem: ${reason}\n`;
  const title =
    status === 403 ? 'Refused by Tandem' : status === 400 ? 'Bad request' : 'No way there';
  client.end(
    [
      `HTTP/1.1 ${status} ${title}`,
      'content-type: text/plain; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
