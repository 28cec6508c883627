import { pathsTo } from './placedCommands';
import type { SeenCommand } from './seenCommands';
import type { SeenWord } from './seenWord';

/** More are not followed. */
const maxFolders = 32;

/** Absolute folders that a line may be in at some point, as far as its words tell: by `cd`, and by `-C` of git. */
export function foldersMet(commands: readonly SeenCommand[], cwd: string): readonly string[] {
  const met = new Set([cwd]);
  for (const { words } of commands) {
    const targets = words.filter(
      (word, at) =>
        (at === 1 && words[0] === 'cd') || (words[0] === 'git' && words[at - 1] === '-C'),
    );
    for (const target of targets) {
      if (target === undefined || met.size > maxFolders) continue;
      for (const folder of [...met]) pathsTo(folder, target).forEach((path) => met.add(path));
    }
  }
  return [...met];
}

/** Options that make a branch or leave all of them; git takes no paths beside them. */
const noPaths = /^(-[bBtd]|--(orphan|track|detach)\b)/;

/**
 * True where `git checkout` may write over files rather than change the branch: it names a tree and paths, a pattern,
 * or one word that is a path here. What git is to find out about a word is asked about.
 */
export function checksOutFiles(
  args: readonly SeenWord[],
  isThere: (path: string) => boolean,
): boolean {
  if (args.some((arg) => arg !== undefined && noPaths.test(arg))) return false;
  if (args.some((arg) => arg?.startsWith('--pathsp'))) return true;
  const operands = args.filter((arg) => !arg?.startsWith('-'));
  if (operands.length > 1) return true;
  const [operand] = operands;
  if (operand === undefined) return false;
  return /[*?[]|^:/.test(operand) || isThere(operand);
}
