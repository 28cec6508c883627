import { statSync, type BigIntStats } from 'node:fs';
import { findNames } from './findNames';

/**
 * Files and folders that are known again where somebody moved them: by the number the disk gives them and the moment
 * they came to be, since numbers are used again at once.
 */
export class KnownFiles {
  /** Absolute paths as last seen, by identity. */
  private readonly places = new Map<string, string>();

  /** Remembers what is there now; absolute paths. */
  remember(paths: readonly string[]): void {
    for (const path of paths) {
      const identity = identityOf(path);
      if (identity !== undefined) this.places.set(identity, path);
    }
  }

  /** Absolute, as last seen. */
  get paths(): readonly string[] {
    return [...this.places.values()];
  }

  /** True for a known file at the place where it was seen. */
  has(path: string): boolean {
    return this.places.get(identityOf(path) ?? '') === path;
  }

  /** True where each is where it was. */
  get areInPlace(): boolean {
    return this.moved().length === 0;
  }

  /**
   * Looks below an absolute folder for those that are not where they were, everywhere, for nobody knows where they went;
   * answers their absolute paths. What is not found is forgotten. @throws Error where it cannot be searched.
   */
  async findMoved(folder: string): Promise<readonly string[]> {
    const lost = new Set(this.moved());
    if (lost.size === 0) return [];
    const inodes = [...lost].map((identity) => Number(identity.split(' ')[1]));
    const found = await findNames({ folder, inodes, unsearched: [] });
    const again = found.filter((path) => lost.has(identityOf(path) ?? ''));
    for (const identity of lost) this.places.delete(identity);
    this.remember(again);
    return again;
  }

  /** True for a known file that is seen at another place than before; `path` is absolute, links resolved. */
  isMoved(path: string): boolean {
    const before = this.places.get(identityOf(path) ?? '');
    return before !== undefined && before !== path;
  }

  private moved(): readonly string[] {
    return [...this.places]
      .filter(([identity, path]) => identityOf(path) !== identity)
      .map(([identity]) => identity);
  }
}

/**
 * What tells a file or folder from another one at its place; undefined where nothing is. `path` is absolute.
 * @param look `lstatSync` where a link is to be told from what it leads to
 */
export function identityOf(path: string, look: typeof statSync = statSync): string | undefined {
  try {
    const info: BigIntStats | undefined = look(path, { bigint: true, throwIfNoEntry: false });
    return info && `${info.dev} ${info.ino} ${info.birthtimeNs}`;
  } catch {
    return undefined;
  }
}
