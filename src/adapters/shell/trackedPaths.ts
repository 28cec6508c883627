import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { relativeToRoot } from '../../base/paths';
import { gitFolder } from './repositoryPrograms';

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
    return look(realpathSync.native(folder), paths);
  } catch {
    return true;
  }
}

function look(folder: string, paths: readonly string[]): boolean {
  for (let at = folder; ; at = dirname(at)) {
    const marker = join(at, '.git');
    if (existsSync(marker)) return holds(gitFolder(marker), at, paths);
    if (dirname(at) === at) return false;
  }
}

function holds(gitdir: string, top: string, paths: readonly string[]): boolean {
  const names = paths.flatMap((path) => relativeToRoot(top, top, path) ?? []);
  const file = join(gitdir, 'index');
  const stats = statSync(file, { throwIfNoEntry: false });
  if (names.length === 0 || !stats) return false;
  if (stats.size > maxIndexBytes) return true;
  const index = readFileSync(file);
  const isSplit = readdirSync(gitdir).some((name) => name.startsWith('sharedindex.'));
  if (isSplit || index.readUInt32BE(4) > lastPlainVersion) return true;
  return names.some((name) => index.includes(`${name}\0`) || index.includes(`${name}/`));
}
