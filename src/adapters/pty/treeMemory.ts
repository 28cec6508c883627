import { readdir } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { processFields, readOrEmpty } from '../disk/processOwner';

/** What the whole machine uses, in bytes. */
export interface MachineMemory {
  readonly total: number;
  /** Without what the kernel gives back when asked, such as its cache of files. */
  readonly used: number;
  /** Shared memory and files kept in memory, which belong to no process. */
  readonly shared: number;
}

/** Pages are this large on x86-64; where they are larger, processes count as smaller than they are. */
const pageBytes = 4096;
/** A bomb of thousands of processes is looked at in parts, so that the host goes on meanwhile. */
const processesAtOnce = 100;

/** Undefined where the system does not say, as on macOS. Takes some ten microseconds. */
export function readMachineMemory(): MachineMemory | undefined {
  const text = readOrEmpty('/proc/meminfo');
  const bytes = (name: string) =>
    Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(text)?.[1]) * 1024;
  const [total, free, shared] = [bytes('MemTotal'), bytes('MemAvailable'), bytes('Shmem')];
  if (Number.isNaN(total + free + shared)) return undefined;
  return { total, used: total - free, shared };
}

/** Bytes that a process and all that it started hold for themselves: resident, and not shared with other programs. */
export async function measureTree(root: number): Promise<number> {
  const children = new Map<number, number[]>();
  // Where no more files can be opened, as in a flood, this look sees nothing and the next one does.
  const names = await readdir('/proc').catch(() => []);
  for (const [index, name] of names.entries()) {
    if (index % processesAtOnce === 0) await nextTurn();
    if (!/^\d/.test(name)) continue;
    const parent = Number(processFields(name)[1]);
    const siblings = children.get(parent);
    if (siblings) siblings.push(Number(name));
    else children.set(parent, [Number(name)]);
  }
  let pages = 0;
  const tree = [root];
  // The list grows while it is walked.
  for (const [index, pid] of tree.entries()) {
    if (index % processesAtOnce === 0) await nextTurn();
    const [, resident = 0, shared = 0] = readOrEmpty(`/proc/${pid}/statm`).split(' ').map(Number);
    pages += resident - shared;
    tree.push(...(children.get(pid) ?? []));
  }
  return pages * pageBytes;
}
