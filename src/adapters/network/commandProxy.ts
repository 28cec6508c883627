import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { NetworkAccess } from '../../ports/sandbox';
import { publicDialing, type Dialing } from './dialHost';
import { createForwardProxy } from './forwardProxy';
import { HostGate } from './hostGate';
import { withProxy } from './proxyEnvironment';
import type { SharedLoopback } from './sharedLoopback';

/** The proxy of one command. */
export interface CommandProxy {
  /** The variables of the confined program, with those that it needs to find it. */
  environment(own: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** Ends it and what still goes through it. */
  close(): void;
}

/** Opens a proxy for one command at a port of its loopback. @throws Error where the port cannot be had. */
export async function openCommandProxy(
  access: NetworkAccess,
  loopback: SharedLoopback,
  dialing: Dialing = publicDialing,
): Promise<CommandProxy> {
  const ended = new AbortController();
  const proxy = createForwardProxy({
    gate: new HostGate(access, ended.signal),
    dialing,
    onReached: access.onReached,
    onContact: (contact) => access.onContact?.(contact),
    signal: ended.signal,
  });
  proxy.listen(await loopback.openPort());
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    environment: (own) => withProxy(port, own),
    close() {
      ended.abort();
      proxy.close();
    },
  };
}
