import type { ProgramStart } from '../../ports/sandbox';

/** The port commands find the proxy at, on the loopback of their own network. */
export const relayPort = 3128;

/** What the relay finds in its folder: the proxy's socket, and what it is to start. */
export const socketFile = 'proxy.sock';
export const orderFile = 'order.json';

/** What the relay is to start. */
export interface RelayOrder {
  readonly file: string;
  readonly args: string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
}

/** An order as it is written for the relay: not in its arguments, which every user of the machine can read. */
export function writeRelayOrder({ file, args, cwd, env }: ProgramStart): string {
  return JSON.stringify({ file, args, cwd, env });
}

/** @throws Error where it is not what `writeRelayOrder` wrote. */
export function readRelayOrder(text: string): RelayOrder {
  const order = JSON.parse(text) as Partial<RelayOrder> | null;
  if (!order?.file || !order.args || !order.cwd || !order.env) throw new Error('bad order');
  return { file: order.file, args: order.args, cwd: order.cwd, env: order.env };
}
