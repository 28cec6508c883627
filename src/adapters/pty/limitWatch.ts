import * as l10n from '@vscode/l10n';
import { statfs } from 'node:fs/promises';
import type { Disposable } from '../../base/disposable';
import type { Sentence } from '../../base/language';
import { countTasks } from '../sandbox/launch';
import { measureTree, readMachineMemory } from './treeMemory';

/** A program that takes 1 GB in a second gets a tenth of that past the limit. */
const intervalMs = 100;
/** The disk is asked every so many looks. */
const looksPerDisk = 5;
const gigabyte = 1024 ** 3;

/** From where on the machine is in danger. */
export interface MachineLimits {
  /** New processes and threads on the whole machine; more than any build makes. */
  readonly newTasks: number;
  /** A disk with less room than this makes other programs fail. */
  readonly freeBytes: number;
  /** The same as a share of the disk, for small ones and for the number of files. */
  readonly freeShare: number;
  /** Memory that the command and all it started may hold together; without it, three quarters of the machine's. */
  readonly memoryBytes?: number;
}

const usualLimits: MachineLimits = {
  newTasks: 6_000,
  freeBytes: 256 * 1024 ** 2,
  freeShare: 0.02,
};

/** What is watched. */
export interface Watched {
  /** Absolute; its disk is the one that is watched. */
  readonly folder: string;
  /** The command's first process, of which all others descend. */
  readonly pid: number;
}

/**
 * Watches the machine while a confined command runs, for what the kernel does not limit: the number of processes of an
 * administrator, the memory of all its processes together, and how much of the disk all files take together. Calls
 * `end` once, with the reason.
 */
export function watchLimits(
  { folder, pid }: Watched,
  end: (reason: Sentence) => void,
  limits: Partial<MachineLimits> = {},
): Disposable {
  const most = { ...usualLimits, ...limits };
  const tasksBefore = countTasks();
  const usesTooMuch = memoryWatch(pid, most.memoryBytes);
  let hadRoom = false;
  let looks = 0;
  let looking = false;
  const look = async (): Promise<Sentence | undefined> => {
    if (countTasks() - tasksBefore > most.newTasks) {
      return () => l10n.t('it started more than {0} processes', most.newTasks);
    }
    const tooMuch = await usesTooMuch();
    if (tooMuch !== undefined) return tooMuch;
    if (looks++ % looksPerDisk !== 0) return undefined;
    const room = await hasRoom(folder, most);
    // A disk that was full before is not this command's doing.
    const filled = hadRoom && !room;
    hadRoom = room;
    return filled ? () => l10n.t('the disk is almost full') : undefined;
  };
  const stop = () => clearInterval(timer);
  const lookOnce = async () => {
    if (looking) return;
    looking = true;
    const reason = await look();
    looking = false;
    if (reason === undefined) return;
    stop();
    end(reason);
  };
  const timer = setInterval(() => void lookOnce(), intervalMs);
  timer.unref();
  void lookOnce();
  return { dispose: stop };
}

/**
 * The command's processes are looked at one by one only where the whole machine uses more than the command may, so a
 * usual command costs one small file per look.
 */
function memoryWatch(pid: number, limit?: number): () => Promise<Sentence | undefined> {
  const before = readMachineMemory();
  if (!before) return () => Promise.resolve(undefined);
  const most = limit ?? Math.max(gigabyte, before.total * 0.75);
  return async () => {
    const now = readMachineMemory();
    if (!now || now.used < most) return undefined;
    // Files in memory belong to no process; what came since the start is taken for this command's.
    const files = Math.max(0, now.shared - before.shared);
    if (files + (await measureTree(pid)) <= most) return undefined;
    const gigabytes = (most / gigabyte).toFixed(1);
    return () => l10n.t('it used more than {0} GB of memory', gigabytes);
  };
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
