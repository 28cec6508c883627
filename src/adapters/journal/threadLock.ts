import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { JournalError } from '../../ports/threadStore';

/** Who holds a lock. A process id alone is reused; with the time it started and the boot it is not. */
interface Owner {
  readonly pid: number;
  readonly startedAt: string;
  readonly boot: string;
}

/**
 * Takes the lock of a thread; the answer releases it. A lock whose owner is gone is taken over.
 * @throws JournalError where another process holds it.
 */
export function takeThreadLock(path: string): () => void {
  const mine: Owner = { pid: process.pid, startedAt: startOf(process.pid), boot: bootId() };
  if (!createLock(path, mine)) {
    const owner = readOwner(path);
    if (owner && isAlive(owner)) {
      throw new JournalError(
        `The thread is open in another window or process (process ${owner.pid}). Close it there to go on here.`,
      );
    }
    // The dead lock is moved away first: of two who try, one gets it, and no living lock is removed by mistake.
    const stale = `${path}.${randomUUID()}`;
    try {
      renameSync(path, stale);
      rmSync(stale, { force: true });
    } catch {
      // Somebody else moved it: the next line tells who won.
    }
    if (!createLock(path, mine)) {
      throw new JournalError('The thread is being opened by another process. Try again.');
    }
  }
  return () => rmSync(path, { force: true });
}

function createLock(path: string, owner: Owner): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  writeSync(descriptor, JSON.stringify(owner));
  closeSync(descriptor);
  return true;
}

/** Undefined for a lock that cannot be read; nobody alive writes such a one. */
function readOwner(path: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(path, 'utf8')) as Partial<Owner>;
    return typeof owner.pid === 'number'
      ? { pid: owner.pid, startedAt: owner.startedAt ?? '', boot: owner.boot ?? '' }
      : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.boot !== bootId()) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startOf(owner.pid) === owner.startedAt;
}

/** When a process started, in the kernel's own count; empty where the system does not tell. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything, so fields are counted behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
