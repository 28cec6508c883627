import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Dialing } from '../../../src/adapters/network/dialHost';
import { createForwardProxy } from '../../../src/adapters/network/forwardProxy';
import { HostGate } from '../../../src/adapters/network/hostGate';
import type { NetworkAccess } from '../../../src/ports/sandbox';
import type { HostContact } from '../../../src/protocol/hostContact';
import { makeTempFolder } from '../tempFolder';

/** Every name leads to this machine, which counts as public. */
export const localDialing: Dialing = {
  resolve: async () => ['127.0.0.1'],
  whyNot: () => undefined,
};

/** A web server of this machine for tests; `requests` are the lines it got. */
export interface TestSite {
  readonly port: number;
  readonly requests: string[];
  close(): Promise<void>;
}

export async function startSite(answer: RequestListener): Promise<TestSite> {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(`${request.method} ${request.headers.host}${request.url}`);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The same behind TLS, as `ok.com`; `certificate` is its own authority (PEM). */
export async function startHttpsSite(
  answer: string,
): Promise<Pick<TestSite, 'port' | 'close'> & { readonly certificate: string }> {
  const args =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=ok.com -addext subjectAltName=DNS:ok.com -keyout - -out -';
  const pem = execFileSync('openssl', args.split(' '), { stdio: 'pipe' }).toString();
  const server = createHttpsServer({ key: pem, cert: pem }, (_request, response) => {
    response.end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    certificate: pem.slice(pem.indexOf('-----BEGIN CERTIFICATE')),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A proxy on a socket of its own, and a client that speaks to it byte by byte. */
export interface TestProxy {
  readonly socketPath: string;
  readonly contacts: HostContact[];
  /** Sends these bytes and answers everything that comes back until the other side is done. */
  say(...pieces: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export async function startProxy(
  access: NetworkAccess,
  dialing: Dialing = localDialing,
): Promise<TestProxy> {
  const folder = makeTempFolder();
  const contacts: HostContact[] = [];
  const ended = new AbortController();
  const server = createForwardProxy({
    gate: new HostGate(access, ended.signal),
    dialing,
    onContact: (contact) => contacts.push(contact),
    signal: ended.signal,
  });
  const socketPath = join(folder.path, 'proxy.sock');
  server.listen(socketPath);
  await once(server, 'listening');
  return {
    socketPath,
    contacts,
    say: (...pieces) => say(socketPath, pieces),
    close: async () => {
      ended.abort();
      await new Promise((resolve) => server.close(resolve));
      folder.remove();
    },
  };
}

function say(socketPath: string, pieces: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ path: socketPath, allowHalfOpen: true });
    let heard = '';
    let said = 0;
    const next = () => void (said < pieces.length && socket.write(pieces[said++] ?? '', 'latin1'));
    socket.on('data', (data) => {
      heard += data.toString('latin1');
      next();
    });
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    socket.on('close', () => resolve(heard));
    next();
  });
}
