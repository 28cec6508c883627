import * as l10n from '@vscode/l10n';
import { constants, realpathSync } from 'node:fs';
import { lstat, open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Emitter } from '../../base/emitter';
import { normalizePath } from '../../base/paths';
import {
  EditConflictError,
  FileAccessError,
  type FileEdit,
  type FileTouch,
  type WorkspaceFiles,
} from '../../ports/workspaceFiles';
import { FileTransaction } from './fileTransaction';
import { setLink } from './setLink';
import { PendingWrites } from './pendingWrites';

/** Files larger than this are not read into memory. */
const maxBytes = 50 * 1024 * 1024;

export interface DiskFilesOptions {
  /** Absolute; paths are relative to it. */
  readonly root: string;
  /** Where what is being written is noted, so that the next start removes what a killed process left; absolute. */
  readonly stateFolder?: string;
}

/** The files of a folder on the disk, with nobody's unsaved text in between. */
export function createDiskFiles(options: DiskFilesOptions): WorkspaceFiles {
  const { stateFolder } = options;
  const pending = stateFolder === undefined ? undefined : new PendingWrites(stateFolder);
  pending?.sweep();
  // A thread whose folder is gone can still be read, so nobody asks for the folder before there is work in it.
  let known: string | undefined;
  const root = () => (known ??= realRoot(options.root));
  return {
    root: options.root,
    read: async (path) => readWithin(root(), path),
    async pathOfTarget(path) {
      const target = await resolveWithin(root(), path).catch(() => undefined);
      if (target === undefined) return path;
      const inside = relative(root(), target);
      return sep === '/' ? inside : inside.replaceAll(sep, '/');
    },
    async isExecutable(path) {
      const info = await stat(await resolveWithin(root(), path)).catch(ignoreMissing);
      return info !== null && info.isFile() && (info.mode & 0o100) !== 0;
    },
    async apply(edits) {
      await applyEdits(root(), edits, pending);
      return [];
    },
    setLink: (path, target, expected) => setLink(root(), path, target, expected),
    onDidChange: new Emitter<FileTouch>().event,
  };
}

function realRoot(root: string): string {
  try {
    return realpathSync(root);
  } catch {
    throw new FileAccessError(() =>
      l10n.t('The folder {0} does not exist or cannot be read.', root),
    );
  }
}

async function readWithin(root: string, path: string): Promise<Uint8Array | null> {
  const absolute = await resolveWithin(root, path);
  if ((await stat(absolute).catch(ignoreMissing)) === null) return null;
  let file: FileHandle;
  try {
    // Without waiting for a pipe's other end, and not through a link that was put there a moment ago.
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    file = await open(absolute, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    throw new FileAccessError(() =>
      l10n.t('{0} cannot be read: {1}', path, (error as Error).message),
    );
  }
  try {
    const info = await file.stat();
    if (!info.isFile()) throw new FileAccessError(() => l10n.t('{0} is not a file.', path));
    if (info.size > maxBytes)
      throw new FileAccessError(() => l10n.t('{0} is larger than 50 MB.', path));
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function applyEdits(
  root: string,
  edits: readonly FileEdit[],
  pending: PendingWrites | undefined,
): Promise<void> {
  // Writing would make the folder anew, in the place of one that was moved or unmounted.
  if (!(await stat(root).catch(ignoreMissing))) {
    throw new FileAccessError(() =>
      l10n.t('The folder {0} does not exist any more; nothing was written.', root),
    );
  }
  const targets = new Map<string, string>();
  for (const edit of edits) {
    const target = await resolveWithin(root, edit.path);
    if ([...targets.values()].includes(target)) {
      throw new FileAccessError(() =>
        l10n.t('{0} is named twice; nothing was written.', edit.path),
      );
    }
    if (edit.leadsTo !== undefined && target !== join(root, edit.leadsTo)) {
      throw new FileAccessError(() =>
        l10n.t('{0} leads to another file by now; nothing was written.', edit.path),
      );
    }
    targets.set(edit.path, target);
    const current = await readWithin(root, edit.path);
    if (!sameBytes(current, edit.expected)) throw new EditConflictError(edit.path);
  }
  const transaction = new FileTransaction();
  const folders = [...targets.values()].map((target) => dirname(target));
  const ended = pending?.begin(transaction.id, folders);
  try {
    for (const edit of edits) {
      const target = targets.get(edit.path) ?? '';
      if (edit.bytes === null) await transaction.remove(target);
      else await transaction.write(target, edit.bytes, await modeFor(root, target, edit));
    }
    await transaction.commit();
  } catch (error) {
    const reason = transaction.plainText((error as Error).message);
    if (await transaction.rollBack())
      throw new FileAccessError(() => l10n.t('Nothing was written: {0}', reason));
    throw new FileAccessError(() =>
      l10n.t(
        'Writing failed half-way ({0}) and not everything could be put back. What is missing stands beside its file as .tandem-*.',
        reason,
      ),
    );
  } finally {
    ended?.();
    await transaction.close();
  }
}

/** Permission bits of the new file: those of the one it replaces or is made from, execution as the edit says. */
async function modeFor(root: string, target: string, edit: FileEdit): Promise<number> {
  const { modeOf, executable } = edit;
  const mode = await modeOfSource(root, target, modeOf);
  if (executable === undefined) return mode;
  // Who may read it may execute it, as `chmod +x` does it with a usual umask.
  return executable ? mode | ((mode & 0o444) >> 2) : mode & ~0o111;
}

async function modeOfSource(
  root: string,
  target: string,
  modeOf: string | undefined,
): Promise<number> {
  const sources = [target, ...(modeOf === undefined ? [] : [await resolveWithin(root, modeOf)])];
  for (const source of sources.reverse()) {
    const info = await stat(source).catch(ignoreMissing);
    if (info) return info.mode & 0o777;
  }
  return 0o666 & ~process.umask();
}

/**
 * The real path of a file that need not exist yet. The nearest part that exists decides: where links lead out of the
 * root, the file is refused, and so is a link whose target does not exist (nobody knows where it would lead).
 */
async function resolveWithin(root: string, path: string): Promise<string> {
  const relative = normalizePath(path);
  if (path.includes('\0') || relative.startsWith('/') || relative.split('/')[0] === '..') {
    throw new FileAccessError(() => l10n.t('{0} is outside of the folder.', path));
  }
  const missing: string[] = [];
  for (let existing = join(root, relative); ; existing = dirname(existing)) {
    const real = await realpath(existing).catch(ignoreMissing);
    if (real !== null) {
      const target = join(real, ...missing);
      if (target === root || target.startsWith(root + sep)) return target;
      throw new FileAccessError(() =>
        l10n.t('{0} leads outside of the folder through a link.', path),
      );
    }
    if (await lstat(existing).catch(ignoreMissing)) {
      throw new FileAccessError(() =>
        l10n.t('{0} is a link to something that does not exist.', path),
      );
    }
    missing.unshift(existing.slice(dirname(existing).length + 1));
  }
}

/** A path that does not exist is an answer; every other failure is one that must not be guessed about. */
function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw new FileAccessError(() => error.message);
}

function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b;
  return Buffer.compare(a, b) === 0;
}
