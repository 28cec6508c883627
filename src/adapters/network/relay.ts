import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { orderFile, readRelayOrder, relayPort, socketFile, type RelayOrder } from './relayOrder';

/**
 * The program between a confined command and its network. It runs in a network namespace that has a loopback and
 * nothing else, hands every connection to its port on to the proxy of the host, and starts the command, which is
 * confined further and cannot see this process. It decides nothing: that is the proxy's part.
 */
export function runRelay(folder: string): void {
  // The path of a socket may be too long from anywhere else.
  process.chdir(folder);
  const order = readRelayOrder(readFileSync(orderFile, 'utf8'));
  rmSync(orderFile);
  // The terminal's signals are for the command.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTSTP'] as const) process.on(signal, () => {});
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const proxy = connect({ path: socketFile, allowHalfOpen: true });
    for (const side of [client, proxy]) {
      side.on('error', () => {
        client.destroy();
        proxy.destroy();
      });
    }
    client.pipe(proxy);
    proxy.pipe(client);
  });
  server.listen(relayPort, '127.0.0.1', () => start(order));
}

function start({ file, args, cwd, env }: RelayOrder): void {
  const child = spawn(file, args, { cwd, env, stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`The sandbox could not be started: ${error.message}\n`);
    process.exit(126);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + numberOf(signal)));
}

function numberOf(signal: NodeJS.Signals | null): number {
  return signal === 'SIGTERM' ? 15 : signal === 'SIGINT' ? 2 : 9;
}
