import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { RepositoryError } from '../../ports/repository';
import { copyIndex } from './copyIndex';

/** The lock of the person's index, held as git holds it: nobody else writes the index meanwhile. */
export interface IndexLock {
  /** Makes this file the index. */
  replace(file: string): Promise<void>;
  /** Lets go; the index stays as it is unless it was replaced. */
  release(): Promise<void>;
}

/**
 * Takes the lock of an index (absolute path).
 * @throws RepositoryError where somebody holds it: another git at work, or one that ended badly. It is never removed.
 */
export async function lockIndex(indexFile: string): Promise<IndexLock> {
  const lockFile = `${indexFile}.lock`;
  try {
    await (await open(lockFile, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new RepositoryError(lockedWords(lockFile));
  }
  let held = true;
  return {
    async replace(file) {
      await copyIndex(file, lockFile);
      await rename(lockFile, indexFile);
      held = false;
    },
    async release() {
      if (held) await rm(lockFile, { force: true });
      held = false;
    },
  };
}

/** @throws RepositoryError where somebody holds the lock of an index. */
export function requireUnlocked(indexFile: string): void {
  const lockFile = `${indexFile}.lock`;
  if (existsSync(lockFile)) throw new RepositoryError(lockedWords(lockFile));
}

function lockedWords(lockFile: string): string {
  return l10n.t(
    'Another git is at work in this repository: {0} exists. Try again when it has ended; where none runs, remove that file.',
    lockFile,
  );
}
