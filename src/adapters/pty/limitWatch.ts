import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { Disposable } from '../../base/disposable';

const intervalMs = 500;
/** More new processes and threads on the whole machine than any build makes. */
const mostNewTasks = 6_000;
/** A disk this full makes other programs fail; the share is for small disks. */
const leastFreeBytes = 256 * 1024 ** 2;
const leastFreeShare = 0.02;

/**
 * Watches the machine while a confined command runs, for what the kernel does not limit: the number of processes of an
 * administrator, and how much of the disk all files take together. Calls `end` once, with the reason, for people.
 * @param folder absolute; its disk is the one that is watched.
 */
export function watchLimits(folder: string, end: (reason: string) => void): Disposable {
  const tasksBefore = countTasks();
  let hadRoom = false;
  const look = async () => {
    if (countTasks() - tasksBefore > mostNewTasks) {
      return finish(`it started more than ${mostNewTasks} processes`);
    }
    const room = await hasRoom(folder);
    // A disk that was full before is not this command's doing.
    if (hadRoom && !room) finish('the disk is almost full');
    hadRoom = room;
  };
  const timer = setInterval(() => void look(), intervalMs);
  timer.unref();
  const finish = (reason: string) => {
    clearInterval(timer);
    end(reason);
  };
  void look();
  return { dispose: () => clearInterval(timer) };
}

/** Processes and threads of this machine, as the kernel counts them; 0 where it does not say. */
function countTasks(): number {
  try {
    return Number(/\/(\d+) /.exec(readFileSync('/proc/loadavg', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function hasRoom(folder: string): Promise<boolean> {
  try {
    const { bavail, blocks, bsize, ffree, files } = await statfs(folder);
    const free = bavail * bsize;
    const enough = free > leastFreeBytes && bavail > blocks * leastFreeShare;
    // Some file systems count no files.
    return enough && (files === 0 || ffree > files * leastFreeShare);
  } catch {
    return false;
  }
}
