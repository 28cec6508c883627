import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * True where an absolute folder is part of a git repository. An empty `.git` is none: one stands in a folder without a
 * repository while a command runs in the sandbox.
 */
export function liesInRepository(folder: string): boolean {
  const git = join(folder, '.git');
  if (existsSync(join(git, 'HEAD'))) return true;
  // Worktrees and submodules have a file that leads to theirs.
  if (statSync(git, { throwIfNoEntry: false })?.isFile()) return true;
  const above = dirname(folder);
  return above !== folder && liesInRepository(above);
}
