import type { SeenWord } from './seenWord';

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
