import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

const grace = 3000;

/**
 * Starts a program in a process group of its own, so that all it starts can be ended with it.
 * What still runs when this process exits is killed.
 */
export function spawnTree(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  exitOnSignals();
  const kill = (): void => signalTree(child, 'SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.removeListener('exit', kill));
  return child;
}

/** Ends a program and all it started: politely first, by force after three seconds. */
export async function killTree(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    signalTree(child, 'SIGTERM');
    const timer = setTimeout(() => signalTree(child, 'SIGKILL'), grace);
    await ended;
    clearTimeout(timer);
  }
  signalTree(child, 'SIGKILL');
}

/** A signal that nobody handles would end this process without its exit handlers, and leave the tree running. */
function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(130));
  }
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}
