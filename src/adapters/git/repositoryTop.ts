import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * True where an absolute folder is the top of a git repository. An empty `.git` makes none: one stands in a folder
 * without a repository while a command runs in the sandbox.
 */
export function isRepositoryTop(folder: string): boolean {
  const git = join(folder, '.git');
  // Worktrees and submodules have a file that leads to theirs.
  return (
    existsSync(join(git, 'HEAD')) || statSync(git, { throwIfNoEntry: false })?.isFile() === true
  );
}

/** True where an absolute folder is part of a git repository. */
export function liesInRepository(folder: string): boolean {
  const above = dirname(folder);
  return isRepositoryTop(folder) || (above !== folder && liesInRepository(above));
}
