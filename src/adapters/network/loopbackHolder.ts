import { readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import type { FromHolder, ToHolder } from './holderMessages';

/**
 * The program that keeps a network namespace open: one with a loopback and nothing else, which commands of one thread
 * join one after the other. On the host's word it opens a port there and hands the socket over, so that the host itself
 * answers what commands connect to. It ends with the host, and whatever still runs in the namespace keeps it.
 */
export function runLoopbackHolder(): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message) => openPort(message as ToHolder));
  send({
    kind: 'ready',
    pid: process.pid,
    namespaces: {
      net: readlinkSync('/proc/self/ns/net'),
      user: readlinkSync('/proc/self/ns/user'),
    },
  });
}

function openPort({ id }: ToHolder): void {
  const server = createServer();
  server.on('error', (error) => send({ kind: 'failed', id, reason: error.message }));
  server.listen(0, '127.0.0.1', () => {
    // The host has a copy of its own then; a connection that came here would wait for ever.
    process.send?.({ kind: 'open', id } satisfies FromHolder, server, {}, () => server.close());
  });
}

function send(message: FromHolder): void {
  process.send?.(message);
}
