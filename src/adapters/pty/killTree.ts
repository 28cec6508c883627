import { setTimeout as sleep } from 'node:timers/promises';
import { findProcesses, signalAll, type ProcessTree } from './processTree';

/** From polite to certain: which signals are sent, and how long each gets, in milliseconds. */
const stages: readonly {
  readonly signals: readonly NodeJS.Signals[];
  readonly patienceMs: number;
}[] = [
  { signals: ['SIGINT'], patienceMs: 100 },
  // A stopped process hears nothing before it goes on.
  { signals: ['SIGHUP', 'SIGTERM', 'SIGCONT'], patienceMs: 400 },
  { signals: ['SIGKILL'], patienceMs: 1000 },
  { signals: ['SIGKILL'], patienceMs: 3000 },
];

/**
 * Ends all processes of a tree; the last resort comes within a second. The tree is looked up anew before each
 * signal, so processes that start meanwhile are found.
 * @returns false where something is still there, such as a process that waits for a device.
 */
export async function killTree(tree: ProcessTree): Promise<boolean> {
  for (const stage of stages) {
    const pids = await findProcesses(tree);
    if (pids.length === 0) return true;
    for (const signal of stage.signals) signalAll(pids, signal);
    if (await allGone(tree, stage.patienceMs)) return true;
  }
  return false;
}

async function allGone(tree: ProcessTree, patienceMs: number): Promise<boolean> {
  const end = performance.now() + patienceMs;
  for (let pauseMs = 5; performance.now() < end; pauseMs = Math.min(50, pauseMs * 2)) {
    await sleep(pauseMs);
    if ((await findProcesses(tree)).length === 0) return true;
  }
  return false;
}
