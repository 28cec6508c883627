import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { processFields, readOrEmpty } from '../disk/processOwner';

/** One process as the system lists it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Dead already, only not yet collected by its parent. */
  readonly zombie: boolean;
}

/** What tells the processes of a command from all others. */
export interface ProcessTree {
  /** The shell of a command, leader of its session; absent where only the marker counts. */
  readonly root?: number;
  /** Begins a line, `NAME=value`, in the environment of all that was started: finds daemons that left the tree. */
  readonly marker: string;
}

/** The living processes of a tree, also those that moved to a session of their own. */
export async function findProcesses(tree: ProcessTree): Promise<number[]> {
  const all = (await listProcesses()).filter((entry) => entry.pid !== process.pid);
  const found = new Set<number>();
  for (const entry of all) {
    const member = entry.pid === tree.root || entry.session === tree.root;
    if (member || entry.group === tree.root || hasMarker(entry.pid, tree.marker)) {
      found.add(entry.pid);
    }
  }
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const entry of all) if (found.has(entry.parent)) found.add(entry.pid);
  }
  return all.filter((entry) => found.has(entry.pid) && !entry.zombie).map((entry) => entry.pid);
}

/** Sends a signal to each process that is still there. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

async function listProcesses(): Promise<ProcessEntry[]> {
  return process.platform === 'linux' ? listFromProc() : listFromPs();
}

function listFromProc(): ProcessEntry[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const [state, parent, group, session] = processFields(name);
    if (session === undefined) return [];
    return [
      {
        pid: Number(name),
        parent: Number(parent),
        group: Number(group),
        session: Number(session),
        zombie: state === 'Z' || state === 'X',
      },
    ];
  });
}

function listFromPs(): Promise<ProcessEntry[]> {
  return new Promise((resolve) => {
    execFile('/bin/ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat='], (_error, text) => {
      resolve(
        text.split('\n').flatMap((line) => {
          const [pid, parent, group, state] = line.trim().split(/\s+/);
          if (state === undefined) return [];
          const zombie = state.startsWith('Z');
          return [
            { pid: Number(pid), parent: Number(parent), group: Number(group), session: -1, zombie },
          ];
        }),
      );
    });
  });
}

function hasMarker(pid: number, marker: string): boolean {
  return `\0${readOrEmpty(`/proc/${pid}/environ`)}`.includes(`\0${marker}`);
}
