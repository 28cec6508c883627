import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Carries bytes both ways until both sides are done; a side that fails, or a silence of `idleMs`, ends both. */
export function joinSockets(client: Duplex, host: Socket, idleMs: number): void {
  const end = () => {
    client.destroy();
    host.destroy();
  };
  host.setTimeout(idleMs, end);
  client.on('error', end);
  host.on('error', end);
  client.on('close', () => host.destroy());
  // What the host said last still has to be handed over.
  host.on('close', () => client.end(() => client.destroy()));
  client.pipe(host);
  host.pipe(client);
}
