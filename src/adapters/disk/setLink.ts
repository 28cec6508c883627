import * as l10n from '@vscode/l10n';
import { lstat, readlink, symlink, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { normalizePath } from '../../base/paths';
import { EditConflictError, FileAccessError } from '../../ports/workspaceFiles';
import { PinnedFolder } from './pinnedFolder';

/** See `WorkspaceFiles.setLink`; `root` is absolute, its links resolved. */
export async function setLink(
  root: string,
  path: string,
  target: Uint8Array | null,
  expected: Uint8Array | null,
): Promise<void> {
  const relative = normalizePath(path);
  if (path.includes('\0') || relative.startsWith('/') || relative.split('/')[0] === '..') {
    throw new FileAccessError(() => l10n.t('{0} is outside of the folder.', path));
  }
  const absolute = join(root, relative);
  const folder = await openFolder(dirname(absolute), path);
  try {
    const at = folder.at(basename(absolute));
    if (!isSame(await linkAt(at), expected)) throw new EditConflictError(path);
    if (expected) await unlink(at);
    // Fails where somebody put something there since.
    if (target) await symlink(Buffer.from(target), at);
  } catch (error) {
    if (error instanceof EditConflictError) throw error;
    throw new FileAccessError(() =>
      l10n.t('Nothing was written: {0}', folder.plainText((error as Error).message)),
    );
  } finally {
    await folder.close();
  }
}

/** @throws FileAccessError where it is not there, or links lead to it. */
async function openFolder(folder: string, path: string): Promise<PinnedFolder> {
  try {
    return await PinnedFolder.open(folder);
  } catch (error) {
    if (error instanceof FileAccessError) throw error;
    throw new FileAccessError(() =>
      l10n.t('{0} cannot be read: {1}', path, (error as Error).message),
    );
  }
}

/** What the link says; null where nothing is there, undefined where something else is. */
async function linkAt(path: string): Promise<Buffer | null | undefined> {
  const info = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (info === null) return null;
  return info.isSymbolicLink() ? readlink(path, { encoding: 'buffer' }) : undefined;
}

function isSame(now: Buffer | null | undefined, expected: Uint8Array | null): boolean {
  if (!now || !expected) return now === expected;
  return now.equals(expected);
}
