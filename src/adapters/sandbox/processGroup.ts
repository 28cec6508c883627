import { existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readOrEmpty } from '../disk/processOwner';

const prefix = 'tandem-';

/**
 * Holds root's confined commands to a number of processes. The limit that each process inherits (`launch.ts`) does not
 * count for root, so the kernel counts a group of them instead (a control group, `pids.max`). It is all confined
 * commands of this process together.
 */
export class ProcessGroup {
  private readonly folder: string | undefined;
  private readonly members: Parent['members'] | undefined;

  /** `most`: processes and threads at the same time. Makes nothing yet. */
  constructor(private readonly most: number) {
    const parent = process.geteuid?.() === 0 ? findParent() : undefined;
    this.folder = parent && join(parent.folder, `${prefix}${process.pid}`);
    this.members = parent?.members;
  }

  /**
   * The file that a process writes 0 into to become a member; the group is there then. Undefined where nobody needs one,
   * or the kernel offers none.
   */
  ensure(): string | undefined {
    if (this.folder === undefined || this.members === undefined) return undefined;
    try {
      if (!existsSync(this.folder)) {
        sweep(dirname(this.folder));
        mkdirSync(this.folder);
      }
      writeFileSync(join(this.folder, 'pids.max'), String(this.most));
      return join(this.folder, this.members);
    } catch {
      // Many containers show their groups read-only; they have a limit of their own then, or none.
      return undefined;
    }
  }

  /** Removes the group; one that still has members stays until the next process of ours sweeps. */
  remove(): void {
    if (this.folder !== undefined) removeEmpty(this.folder);
  }
}

/** What processes that are no more left behind. */
function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    if (/^\d+$/.test(pid) && !existsSync(`/proc/${pid}`)) removeEmpty(join(parent, name));
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It has members, or is gone.
  }
}

/** Where a group that counts processes can be made. */
interface Parent {
  /** Absolute. */
  readonly folder: string;
  /**
   * The file of a group that a process writes 0 into. In version 1 a single thread can move itself by `tasks`, and that is
   * what a shell is; `cgroup.procs` has the kernel wait until no other process forks, 10 ms in which nothing happens.
   */
  readonly members: 'tasks' | 'cgroup.procs';
}

/** See cgroups(7). */
function findParent(): Parent | undefined {
  const mounts = readOrEmpty('/proc/self/mountinfo').split('\n').map(parseMount);
  const own = readOrEmpty('/proc/self/cgroup').split('\n').map(parseMembership);
  const countsIn = (list: string) => list.split(/[ ,\n]/).includes('pids');
  const first = mounts.find(({ type, options }) => type === 'cgroup' && countsIn(options));
  if (first) {
    const path = own.find(({ controllers }) => countsIn(controllers))?.path;
    if (path === undefined) return undefined;
    return { folder: join(first.at, relative(first.root, path)), members: 'tasks' };
  }
  const second = mounts.find(({ type }) => type === 'cgroup2');
  const path = own.find(({ controllers }) => controllers === '')?.path;
  if (!second || path === undefined) return undefined;
  // A group that has members itself cannot hand the counting on to groups below it, so ours stands beside our own.
  const folder = join(second.at, relative(second.root, dirname(path)));
  const counts = countsIn(readOrEmpty(join(folder, 'cgroup.subtree_control')).trim());
  return counts ? { folder, members: 'cgroup.procs' } : undefined;
}

/** One line of `/proc/self/mountinfo`. */
function parseMount(line: string): { root: string; at: string; type: string; options: string } {
  const [before = '', after = ''] = line.split(' - ');
  const [, , , root = '', at = ''] = before.split(' ');
  const [type = '', , options = ''] = after.split(' ');
  return { root, at, type, options };
}

/** One line of `/proc/self/cgroup`. */
function parseMembership(line: string): { controllers: string; path: string | undefined } {
  const match = /^\d+:([^:]*):(.*)$/.exec(line);
  return { controllers: match?.[1] ?? '-', path: match?.[2] };
}
