import { statfs } from 'node:fs/promises';
import type { Disposable } from '../../base/disposable';
import { countTasks } from '../sandbox/launch';

const intervalMs = 500;

/** From where on the machine is in danger. */
export interface MachineLimits {
  /** New processes and threads on the whole machine; more than any build makes. */
  readonly newTasks: number;
  /** A disk with less room than this makes other programs fail. */
  readonly freeBytes: number;
  /** The same as a share of the disk, for small ones and for the number of files. */
  readonly freeShare: number;
}

const usualLimits: MachineLimits = {
  newTasks: 6_000,
  freeBytes: 256 * 1024 ** 2,
  freeShare: 0.02,
};

/**
 * Watches the machine while a confined command runs, for what the kernel does not limit: the number of processes of an
 * administrator, and how much of the disk all files take together. Calls `end` once, with the reason, for people.
 * @param folder absolute; its disk is the one that is watched.
 */
export function watchLimits(
  folder: string,
  end: (reason: string) => void,
  limits: MachineLimits = usualLimits,
): Disposable {
  const tasksBefore = countTasks();
  let hadRoom = false;
  const look = async () => {
    if (countTasks() - tasksBefore > limits.newTasks) {
      return finish(`it started more than ${limits.newTasks} processes`);
    }
    const room = await hasRoom(folder, limits);
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

async function hasRoom(folder: string, limits: MachineLimits): Promise<boolean> {
  const { freeBytes, freeShare } = limits;
  try {
    const { bavail, blocks, bsize, ffree, files } = await statfs(folder);
    const free = bavail * bsize;
    const enough = free > freeBytes && bavail > blocks * freeShare;
    // Some file systems count no files.
    return enough && (files === 0 || ffree > files * freeShare);
  } catch {
    return false;
  }
}
