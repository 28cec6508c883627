import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { relativeToRoot } from '../../base/paths';
import { repositoriesAround } from './repositoriesAround';

/** A larger index is not read. */
const maxIndexBytes = 64 * 1024 * 1024;
/** Version 4 cuts names short, so that they cannot be found in it. */
const lastPlainVersion = 3;

/**
 * True where git in an absolute folder may hold one of these absolute paths, as a file or as a folder of files. It
 * looks for them in the index, without git: what was there only in the past is not found.
 */
export function mayTrack(folder: string, paths: readonly string[]): boolean {
  try {
    for (const { gitdir, top } of repositoriesAround(folder)) {
      if (gitdir === undefined || holds(gitdir, top, paths)) return true;
    }
    return false;
  } catch {
    return true;
  }
}

function holds(gitdir: string, top: string, paths: readonly string[]): boolean {
  const names = paths.flatMap((path) => relativeToRoot(top, top, path) ?? []);
  const file = join(gitdir, 'index');
  const stats = statSync(file, { throwIfNoEntry: false });
  if (names.length === 0 || !stats) return false;
  if (!stats.isFile() || stats.size > maxIndexBytes) return true;
  const index = readFileSync(file);
  const isSplit = readdirSync(gitdir).some((name) => name.startsWith('sharedindex.'));
  if (isSplit || index.readUInt32BE(4) > lastPlainVersion) return true;
  return names.some((name) => index.includes(`${name}\0`) || index.includes(`${name}/`));
}
