import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOrEmpty } from '../disk/processOwner';
import type { SandboxFolder } from './sandboxFolder';

const listPrefix = 'placeholders-';

/**
 * Empty folders that stand where a confined command must not make one: a mount needs a place to be. They are there while
 * a command runs, are on a list on the disk before they are made, and only ever removed empty. Processes read each
 * other's lists, so that one does not take away what another's command still needs.
 */
export class Placeholders {
  /** What each running command needs, by its list: one file each, since to write a file anew costs ten times as much. */
  private readonly lists = new Map<string, ReadonlySet<string>>();

  constructor(private readonly folder: SandboxFolder) {}

  /**
   * Puts a placeholder wherever nothing is; absolute paths.
   * @param existing what is there: a placeholder that a running command made us, or another process, put there is needed
   * by this one too
   */
  take(missing: readonly string[], existing: readonly string[]): TakenPlaceholders {
    const known = new Set([...this.needed(), ...this.listsOfOthers().flat()]);
    const wanted = [...missing, ...existing.filter((path) => known.has(path))];
    if (wanted.length === 0) return { paths: [], give: () => undefined };
    const list = join(this.folder.own, `${listPrefix}${randomUUID()}.json`);
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
    const needed = new Set([...this.needed(), ...this.listsOfOthers(true).flat()]);
    removeEmpty(
      this.listsOfOthers(false)
        .flat()
        .filter((path) => !needed.has(path)),
    );
  }

  private give(list: string): void {
    const paths = this.lists.get(list) ?? [];
    this.lists.delete(list);
    const stillNeeded = new Set([...this.needed(), ...this.listsOfOthers(true).flat()]);
    removeEmpty([...paths].filter((path) => !stillNeeded.has(path)));
    // Last: what is left where this process ends before is found by it.
    rmSync(list, { force: true });
  }

  private needed(): string[] {
    return [...this.lists.values()].flatMap((paths) => [...paths]);
  }

  private write(list: string, paths: readonly string[]): void {
    writeFileSync(list, JSON.stringify(paths), { mode: 0o600 });
    this.lists.set(list, new Set(paths));
  }

  /** What living or dead processes have on their lists. */
  private listsOfOthers(alive?: boolean): string[][] {
    return this.folder
      .others()
      .filter((other) => alive === undefined || other.alive === alive)
      .flatMap(({ path }) => listsIn(path));
  }
}

/** The placeholders of one command. */
export interface TakenPlaceholders {
  /** Absolute paths of those that are there now. */
  readonly paths: readonly string[];
  /** The command has ended; once. */
  give(): void;
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

function listsIn(folder: string): string[][] {
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(listPrefix))
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
