import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOrEmpty } from '../disk/processOwner';
import type { SandboxFolder } from './sandboxFolder';

const listName = 'placeholders.json';

/**
 * Empty folders that stand where a confined command must not make one: a mount needs a place to be. They are there while
 * a command runs, are on a list on the disk before they are made, and only ever removed empty. Processes read each
 * other's lists, so that one does not take away what another's command still needs.
 */
export class Placeholders {
  /** How many running commands need each. */
  private readonly needed = new Map<string, number>();

  constructor(private readonly folder: SandboxFolder) {}

  /** Those of these that a running command made us, or another process, put there. */
  among(paths: readonly string[]): string[] {
    const known = new Set([...this.needed.keys(), ...this.listsOfOthers().flat()]);
    return paths.filter((path) => known.has(path));
  }

  /** Puts a placeholder wherever nothing is; answers those that are there now. Absolute paths. */
  take(paths: readonly string[]): string[] {
    const known = new Set([...this.needed.keys(), ...this.listsOfOthers().flat()]);
    for (const path of paths) this.needed.set(path, (this.needed.get(path) ?? 0) + 1);
    this.writeList();
    return paths.filter((path) => {
      try {
        mkdirSync(path, { mode: 0o755 });
        return true;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EEXIST') {
          // Another command needs it too; or the person made it just now, and then it is theirs.
          if (!known.has(path)) this.forget(path);
          return true;
        }
        // Where we cannot make it, the command cannot either.
        this.forget(path);
        return false;
      }
    });
  }

  /** A command that needed these has ended. */
  give(paths: readonly string[]): void {
    for (const path of paths) {
      const count = this.needed.get(path);
      if (count === undefined) continue;
      if (count > 1) this.needed.set(path, count - 1);
      else this.needed.delete(path);
    }
    this.writeList();
    const stillNeeded = new Set([...this.needed.keys(), ...this.listsOfOthers(true).flat()]);
    removeEmpty(paths.filter((path) => !stillNeeded.has(path)));
  }

  /** Removes what dead processes left and nobody needs. */
  sweep(): void {
    const needed = new Set([...this.needed.keys(), ...this.listsOfOthers(true).flat()]);
    removeEmpty(
      this.listsOfOthers(false)
        .flat()
        .filter((path) => !needed.has(path)),
    );
  }

  private forget(path: string): void {
    this.needed.delete(path);
    this.writeList();
  }

  private writeList(): void {
    writeFileSync(join(this.folder.own, listName), JSON.stringify([...this.needed.keys()]), {
      mode: 0o600,
    });
  }

  /** What living or dead processes have on their lists. */
  private listsOfOthers(alive?: boolean): string[][] {
    return this.folder
      .others()
      .filter((other) => alive === undefined || other.alive === alive)
      .map(({ path }) => parseList(readOrEmpty(join(path, listName))));
  }
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

function parseList(content: string): string[] {
  try {
    const value: unknown = JSON.parse(content);
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
  } catch {
    return [];
  }
}
