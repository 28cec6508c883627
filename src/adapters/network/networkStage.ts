import { once } from 'node:events';
import { open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkAccess, ProgramStart } from '../../ports/sandbox';
import { publicDialing, type Dialing } from './dialHost';
import { createForwardProxy } from './forwardProxy';
import { HostGate } from './hostGate';
import { proxyEnvironment } from './proxyEnvironment';
import { orderFile, socketFile, writeRelayOrder } from './relayOrder';

/** The network of one confined command: a namespace with a loopback, and a way to the proxy. */
export interface NetworkStage {
  /** Variables that the confined program needs to find the proxy. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * The start around the confined one. That one must keep the network namespace it is started in, and must deny the
   * command the sockets of the file system, or the command could pass the proxy by.
   */
  wrap(confined: ProgramStart): Promise<Pick<ProgramStart, 'file' | 'args'>>;
  /** Ends the proxy and what still goes through it. */
  release(): void;
}

/** The programs that a network is made with, by absolute path. */
export interface NetworkPrograms {
  /** Node, or an Electron that is run as Node. */
  readonly node: string;
  /** The bundled relay. */
  readonly relay: string;
  /** Where hosts are looked up and dialled otherwise than by the system; for tests. */
  readonly dialing?: Dialing;
}

export interface NetworkStageOptions extends NetworkPrograms {
  /** Absolute path of bubblewrap. */
  readonly bubblewrap: string;
  /** A fresh folder that nobody else can enter; absolute. It is removed in the end. */
  readonly folder: string;
}

/** Opens the proxy for one command. @throws Error where its socket cannot be made. */
export async function openNetworkStage(
  access: NetworkAccess,
  options: NetworkStageOptions,
): Promise<NetworkStage> {
  const { folder } = options;
  const ended = new AbortController();
  const server = createForwardProxy({
    gate: new HostGate(access, ended.signal),
    dialing: options.dialing ?? publicDialing,
    onReached: access.onReached,
    onContact: (contact) => access.onContact?.(contact),
    signal: ended.signal,
  });
  // The path of a socket has room for 107 bytes, which the folder alone may take.
  const entered = await open(folder);
  server.on('close', () => {
    void entered.close().then(() => rm(folder, { recursive: true, force: true }));
  });
  server.listen(`/proc/self/fd/${entered.fd}/${socketFile}`);
  await once(server, 'listening');
  return {
    environment: proxyEnvironment,
    async wrap(confined) {
      const order = writeRelayOrder(confined);
      await writeFile(join(folder, orderFile), order, { mode: 0o600, flag: 'wx' });
      return { file: '/bin/sh', args: outerArgs(options) };
    },
    release() {
      ended.abort();
      server.close();
    },
  };
}

/**
 * Takes the network away and changes nothing else: what the command may do to files and processes is the part of the
 * confined start inside. The relay gets none of the command's variables, which could make it load code. Bubblewrap
 * ignores Ctrl-C, which is for the command; what the relay starts hears it again.
 */
function outerArgs({ folder, bubblewrap, node, relay }: NetworkStageOptions): string[] {
  return [
    ...['-c', `trap '' INT QUIT; exec "$@"`, '/bin/sh', bubblewrap],
    ...['--unshare-net', '--die-with-parent', '--dev-bind', '/', '/'],
    ...['--clearenv', '--setenv', 'ELECTRON_RUN_AS_NODE', '1'],
    ...['--', node, relay, folder],
  ];
}
