import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { errorMessage } from '../../base/errorMessage';
import type { RequestTarget } from './requestTarget';

const maxHeaderBytes = 16 * 1024;

/** Headers that speak of one connection and not of the request (RFC 9110, 7.6.1), and those of proxies. */
const ofTheConnection: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'host', 'expect'],
]);

/** Sends a request that was allowed over a connected socket, and the answer back. Never throws. */
export function forwardRequest(exchange: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly target: RequestTarget;
}): void {
  const { request, response, socket, target } = exchange;
  const { host, port } = target.request;
  const fail = (reason: string) => {
    socket.destroy();
    if (response.headersSent) return void response.destroy();
    response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    response.end(`Tandem: ${host} did not answer: ${reason}.\n`);
  };
  const onward = httpRequest({
    createConnection: () => socket,
    method: target.request.method,
    path: target.path,
    headers: [
      ...['host', port === 80 ? host : `${host}:${port}`],
      ...endToEnd(request.rawHeaders),
      ...bodyFraming(request),
      ...['connection', 'close'],
    ],
    maxHeaderSize: maxHeaderBytes,
    setHost: false,
  });
  onward.on('error', (error) => fail(errorMessage(error)));
  onward.on('upgrade', () => fail('it changed the protocol'));
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer.rawHeaders));
    pipeline(answer, response, () => socket.destroy());
  });
  response.once('close', () => socket.destroy());
  pipeline(request, onward, (error) => {
    if (error) fail(errorMessage(error));
  });
}

/** Names and values in turn, without what belongs to one connection only. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  }
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((name) => name.trim());
  const dropped = new Set([...ofTheConnection, ...named]);
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase())).flat();
}

/** A body of unknown length is sent in chunks of our own making. */
function bodyFraming({ headers }: IncomingMessage): string[] {
  return headers['transfer-encoding'] === undefined ? [] : ['transfer-encoding', 'chunked'];
}
