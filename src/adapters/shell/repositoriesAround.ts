import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** A repository that git may take a folder for a part of. All paths are real ones. */
export interface FoundRepository {
  /** Folder of the work tree, or the one that is laid out like a repository itself. */
  readonly top: string;
  /** What is behind `.git`; absent where `top` is laid out like a repository. */
  readonly gitdir?: string;
  /** The same, or what it shares with other work trees. */
  readonly common?: string;
}

/** No sane pointer is longer. */
const maxPointerBytes = 16 * 1024;

/**
 * The repositories that git may find from an absolute folder, nearest first. Git passes over a `.git` that is none, so
 * those above it are among them wherever that is not sure. @throws where one cannot be looked at.
 */
export function* repositoriesAround(folder: string): Generator<FoundRepository> {
  // Git sees the folder that a link leads to, and the repositories around that one.
  for (let top = realpathSync.native(folder); ; top = dirname(top)) {
    const marker = join(top, '.git');
    const stats = statSync(marker, { throwIfNoEntry: false });
    if (stats?.isDirectory() || stats?.isFile()) {
      const gitdir = stats.isFile() ? pointedAt(marker) : realpathSync.native(marker);
      const common = commonFolder(gitdir);
      yield { top, gitdir, common };
      if (stats.isFile() || isSurelyRepository(gitdir, common)) return;
    }
    // A folder laid out like a bare repository is one to git, wherever it came from.
    if (isLaidOutLikeOne(top)) yield { top };
    if (dirname(top) === top) return;
  }
}

function isLaidOutLikeOne(folder: string): boolean {
  const has = (name: string) => existsSync(join(folder, name));
  return has('HEAD') && (has('objects') || has('commondir'));
}

/** Where the file `.git` of a work tree or a submodule leads. @throws where git would refuse it. */
function pointedAt(marker: string): string {
  const target = /^gitdir: ([^\0]+)$/s.exec(readPointer(marker))?.[1];
  if (target === undefined) throw new Error('no folder');
  return realFrom(dirname(marker), target);
}

function commonFolder(gitdir: string): string {
  const file = join(gitdir, 'commondir');
  return existsSync(file) ? realFrom(gitdir, readPointer(file)) : gitdir;
}

/** Its text without the ends of lines, which is all that git drops: a blank is part of the path. */
function readPointer(path: string): string {
  const stats = statSync(path);
  if (!stats.isFile() || stats.size > maxPointerBytes) throw new Error('no pointer');
  const text = readFileSync(path, 'utf8').replace(/[\r\n]+$/, '');
  // What is no text would be read as another path than git does.
  if (text.includes('\ufffd')) throw new Error('no text');
  return text;
}

/** Not made simple before: the system follows a link before it takes the `..` behind it. */
function realFrom(folder: string, path: string): string {
  return realpathSync.native(isAbsolute(path) ? path : `${folder}/${path}`);
}

/** True where git is sure to go no further up. */
function isSurelyRepository(gitdir: string, common: string): boolean {
  const head = join(gitdir, 'HEAD');
  const stats = lstatSync(head, { throwIfNoEntry: false });
  if (!stats?.isFile() || stats.size > maxPointerBytes) return false;
  if (!/^(ref:[ \t]*refs\/|[0-9a-f]{40})/.test(readFileSync(head, 'latin1'))) return false;
  return ['objects', 'refs'].every((name) => isOpenFolder(join(common, name)));
}

function isOpenFolder(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
