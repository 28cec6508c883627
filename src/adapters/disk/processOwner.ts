import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process as others know it again: by its id, its start time, and the boot both belong to. */
export interface ProcessOwner {
  readonly pid: number;
  readonly startTime: string;
  readonly bootId: string;
}

let self: ProcessOwner | undefined;

/** This process. */
export function thisProcess(): ProcessOwner {
  return (self ??= { pid: process.pid, startTime: startTime(process.pid), bootId: readBootId() });
}

/** An owner as it was stored in JSON; undefined for anything else. */
export function parseOwner(content: string): ProcessOwner | undefined {
  try {
    const value = JSON.parse(content) as Partial<ProcessOwner> | null;
    const { pid, startTime, bootId } = value ?? {};
    if (typeof pid !== 'number' || typeof startTime !== 'string') return undefined;
    return { pid, startTime, bootId: bootId ?? '' };
  } catch {
    return undefined;
  }
}

/** False where the process has ended, also where another one has its id by now. */
export function isOwnerAlive(owner: ProcessOwner): boolean {
  if (owner.bootId !== readBootId()) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return owner.startTime === startTime(owner.pid);
}

/** The text of a small file; empty where it cannot be read. */
export function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * What Linux says of a process in `/proc/<pid>/stat`, from field 3 of proc(5) on: state, parent, group, session and so
 * on. The command's name before them may hold anything, so they are counted from its last parenthesis.
 */
export function processFields(pid: number | string): readonly string[] {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** When a process started, as text that tells it from a later one with the same id; empty where unknown. */
function startTime(pid: number): string {
  if (process.platform === 'linux') {
    // Field 22 of proc(5).
    return processFields(pid)[19] ?? '';
  }
  try {
    const text = execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return text.trim();
  } catch {
    return '';
  }
}

function readBootId(): string {
  return readOrEmpty('/proc/sys/kernel/random/boot_id').trim();
}
