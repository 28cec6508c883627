import { realpathSync, statSync, type BigIntStats } from 'node:fs';
import { dirname } from 'node:path';

/** Where distributions put it. PATH is never asked: a folder may bring a program of that name. */
export const usualPlaces: readonly string[] = [
  '/usr/bin/bwrap',
  '/bin/bwrap',
  '/usr/local/bin/bwrap',
  '/run/current-system/sw/bin/bwrap',
];

/** The same of what joins a network namespace. */
export const nsenterPlaces: readonly string[] = [
  '/usr/bin/nsenter',
  '/bin/nsenter',
  '/run/current-system/sw/bin/nsenter',
];

/** A program that only the administrator can change. */
export interface TrustedProgram {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Changes when the file does: inode, size, times. */
  readonly identity: string;
}

/** The first of these places that holds a program which belongs to root, as all folders above it do. */
export function findTrustedProgram(places: readonly string[]): TrustedProgram | undefined {
  for (const place of places) {
    try {
      const path = realpathSync(place);
      const stats = statSync(path, { bigint: true });
      if (!stats.isFile() || (stats.mode & 0o111n) === 0n) continue;
      if (!isOfRootOnly(stats) || !foldersAbove(path).every(isFolderOfRootOnly)) continue;
      const { dev, ino, size, mtimeNs, ctimeNs } = stats;
      return { path, identity: [path, dev, ino, size, mtimeNs, ctimeNs].join(':') };
    } catch {
      // Nothing is there, or nothing we may look at: the next place may do.
    }
  }
  return undefined;
}

function isFolderOfRootOnly(folder: string): boolean {
  return isOfRootOnly(statSync(folder, { bigint: true }));
}

/** Owned by root and writable by nobody else. */
function isOfRootOnly({ uid, mode }: BigIntStats): boolean {
  return uid === 0n && (mode & 0o022n) === 0n;
}

function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}
