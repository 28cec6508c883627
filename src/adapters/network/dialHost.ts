import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { errorMessage } from '../../base/errorMessage';
import { whyNotPublic } from './publicAddress';

/** How names become addresses and which of them are dialled; tests bring their own. */
export interface Dialing {
  /** All addresses of a name, in the order to be tried. */
  resolve(host: string): Promise<readonly string[]>;
  /** Why an address is not dialled; undefined where it is. */
  whyNot(address: string): string | undefined;
}

export const publicDialing: Dialing = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  whyNot: whyNotPublic,
};

/** The host cannot be reached; `refused` where we do not want to. The message says why. */
export class DialError extends Error {
  override readonly name = 'DialError';

  constructor(
    message: string,
    readonly refused: boolean,
  ) {
    super(message);
  }
}

const resolveMs = 10_000;
const connectMs = 10_000;
const mostAddresses = 4;

/**
 * Connects to a canonical host. The name is looked up once and the very addresses that were looked at are dialled, so a
 * second answer of a hostile name server changes nothing; one forbidden address among them refuses the name.
 * @throws DialError
 */
export async function dialHost(
  { host, port }: { readonly host: string; readonly port: number },
  dialing: Dialing,
  signal: AbortSignal,
): Promise<Socket> {
  const literal = host.replace(/^\[|\]$/g, '');
  const addresses = isIP(literal) > 0 ? [literal] : await addressesOf(host, dialing);
  for (const address of addresses) {
    const reason = dialing.whyNot(address);
    if (reason !== undefined) throw new DialError(`${host} leads to ${reason}`, true);
  }
  let failure = new DialError(`${host} has no address`, false);
  for (const address of addresses.slice(0, mostAddresses)) {
    try {
      return await dialAddress(address, port, signal);
    } catch (error) {
      failure = new DialError(`${host} cannot be reached: ${errorMessage(error)}`, false);
      if (signal.aborted) break;
    }
  }
  throw failure;
}

async function addressesOf(host: string, dialing: Dialing): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), resolveMs);
  });
  try {
    return await Promise.race([dialing.resolve(host), late]);
  } catch (error) {
    throw new DialError(`${host} could not be looked up: ${errorMessage(error)}`, false);
  } finally {
    clearTimeout(timer);
  }
}

function dialAddress(address: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port });
    const give = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    const stop = () => give(new Error('the command ended'));
    const finish = () => {
      signal.removeEventListener('abort', stop);
      socket.setTimeout(0);
    };
    socket.setTimeout(connectMs, () => give(new Error('no answer in time')));
    socket.once('error', (error) => {
      finish();
      give(error);
    });
    socket.once('connect', () => {
      finish();
      socket.removeAllListeners('error').removeAllListeners('timeout');
      // Whoever takes it over listens to both; until then a failure must not end the host.
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}
