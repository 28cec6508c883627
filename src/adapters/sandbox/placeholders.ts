import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readOrEmpty } from '../disk/processOwner';
import type { SandboxFolder } from './sandboxFolder';

/** What a running command needs, and what is about to be removed: the latter keeps no other process from removing it. */
const prefixes = { needed: 'placeholders-', leaving: 'leaving-' } as const;

/**
 * Empty folders that stand where a confined command must not make one: a mount needs a place to be. They are there while
 * a command runs, are on a list on the disk before they are made, and only ever removed empty. Processes read each
 * other's lists, so that one does not take away what another's command still needs.
 */
export class Placeholders {
  /** What each running command needs, by its list: one file each, since to write a file anew costs ten times as much. */
  private readonly lists = new Map<string, ReadonlySet<string>>();
  /** Of commands that have ended; theirs are removed in a moment, when nobody waits for the command any more. */
  private readonly ended = new Map<string, ReadonlySet<string>>();
  private clearing: NodeJS.Immediate | undefined;

  constructor(private readonly folder: SandboxFolder) {}

  /**
   * Puts a placeholder wherever nothing is; absolute paths.
   * @param existing what is there: a placeholder that a running command made us, or another process, put there is needed
   * by this one too
   */
  take(missing: readonly string[], existing: readonly string[]): TakenPlaceholders {
    const own = [...pathsIn(this.lists), ...pathsIn(this.ended)];
    const known = new Set([...own, ...this.listed('any').flat()]);
    const wanted = [...missing, ...existing.filter((path) => known.has(path))];
    if (wanted.length === 0) return { paths: [], give: () => undefined };
    const list = join(this.folder.own, `${prefixes.needed}${randomUUID()}.json`);
    this.write(list, wanted);
    const made = wanted.map((path) => ({ path, state: makePlace(path) }));
    // What the person made just now is theirs, and where we can make nothing the command cannot either.
    const ours = made.filter(({ path, state }) => state === 'made' || known.has(path));
    if (ours.length < wanted.length) this.write(list, pathsOf(ours));
    return {
      paths: pathsOf(made.filter(({ state }) => state !== 'impossible')),
      give: () => this.give(list),
    };
  }

  /** Removes what dead processes left and nobody needs. */
  sweep(): void {
    const needed = new Set([...pathsIn(this.lists), ...this.listed('neededByLiving').flat()]);
    removeEmpty(
      this.listed('leftByDead')
        .flat()
        .filter((path) => !needed.has(path)),
    );
  }

  /** Removes now what ended commands needed and no other does. */
  clear(): void {
    clearImmediate(this.clearing);
    this.clearing = undefined;
    if (this.ended.size === 0) return;
    // First, so that of two processes that do this at once at least one sees that the other needs them no more.
    const leaving = [...this.ended.keys()].map((list) => this.leave(list));
    const needed = new Set([...pathsIn(this.lists), ...this.listed('neededByLiving').flat()]);
    removeEmpty(pathsIn(this.ended).filter((path) => !needed.has(path)));
    // Last: what is left where this process ends before is found by them.
    for (const list of leaving) rmSync(list, { force: true });
    this.ended.clear();
  }

  private give(list: string): void {
    this.ended.set(list, this.lists.get(list) ?? new Set());
    this.lists.delete(list);
    this.clearing ??= setImmediate(() => this.clear());
  }

  private leave(list: string): string {
    const leaving = join(dirname(list), basename(list).replace(prefixes.needed, prefixes.leaving));
    try {
      renameSync(list, leaving);
      return leaving;
    } catch {
      // Somebody emptied our folder: nobody reads it then.
      return list;
    }
  }

  private write(list: string, paths: readonly string[]): void {
    writeFileSync(list, JSON.stringify(paths), { mode: 0o600 });
    this.lists.set(list, new Set(paths));
  }

  /** What other processes have on their lists. */
  private listed(which: 'any' | 'neededByLiving' | 'leftByDead'): string[][] {
    const wanted = which === 'neededByLiving' ? [prefixes.needed] : Object.values(prefixes);
    return this.folder
      .others()
      .filter(({ alive }) => which === 'any' || alive === (which === 'neededByLiving'))
      .flatMap(({ path }) => listsIn(path, wanted));
  }
}

/** The placeholders of one command. */
export interface TakenPlaceholders {
  /** Absolute paths of those that are there now. */
  readonly paths: readonly string[];
  /** The command has ended; once. */
  give(): void;
}

function pathsIn(lists: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return [...lists.values()].flatMap((paths) => [...paths]);
}

function makePlace(path: string): 'made' | 'there' | 'impossible' {
  try {
    mkdirSync(path, { mode: 0o755 });
    return 'made';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST' ? 'there' : 'impossible';
  }
}

function pathsOf(places: readonly { readonly path: string }[]): string[] {
  return places.map(({ path }) => path);
}

function removeEmpty(paths: readonly string[]): void {
  for (const path of paths) {
    try {
      rmdirSync(path);
    } catch {
      // Somebody filled it or took it away: then it is theirs.
    }
  }
}

function listsIn(folder: string, wanted: readonly string[]): string[][] {
  try {
    return readdirSync(folder)
      .filter((name) => wanted.some((prefix) => name.startsWith(prefix)))
      .map((name) => parseList(readOrEmpty(join(folder, name))));
  } catch {
    // It ended meanwhile and took its folder with it.
    return [];
  }
}

function parseList(content: string): string[] {
  try {
    const value: unknown = JSON.parse(content);
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
  } catch {
    return [];
  }
}
