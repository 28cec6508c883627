import { movesTo } from './folderMoves';
import { gitFolders, pathsTo } from './placedCommands';
import type { SeenCommand } from './seenCommands';
import type { SeenWord } from './seenWord';

/** Folders that commands of a line may run in at some point. */
export interface MetFolders {
  /** Absolute; the one the line starts in is the first. */
  readonly folders: readonly string[];
  /** False where there may be others, which the words do not tell. */
  readonly areAll: boolean;
}

/** More are not followed. */
const maxFolders = 32;
/** Each is looked up. */
const maxTold = 200;

/**
 * Finds the folders that a line may be in, as far as its words tell: by `cd` and the like, and by options, any of which
 * may name one (`git -C`, `env --chdir=`, `npm --prefix`).
 * @param cwd absolute; @param isThere tells of absolute paths; all are there where absent.
 */
export function foldersMet(
  commands: readonly Pick<SeenCommand, 'words'>[],
  cwd: string,
  isThere: (path: string) => boolean = () => true,
): MetFolders {
  const met = new Set([cwd]);
  let areAll = true;
  const add = (path: string) => {
    if (met.size < maxFolders || met.has(path)) met.add(path);
    else areAll = false;
  };
  for (const { words } of commands) {
    for (const target of movesTo(words) ?? []) {
      if (!isPlainPath(target) || met.size === maxFolders) areAll = false;
      else [...met].flatMap((folder) => pathsTo(folder, target)).forEach(add);
    }
    // It runs what it is told in each folder below.
    if (words.some((word) => /^-(exec|ok)dir$/.test(word ?? ''))) areAll = false;
  }
  const moved = [...met];
  const told = new Set(commands.flatMap(({ words }) => optionValues(words)));
  const isTooMuch = told.size * moved.length > maxTold;
  if (isTooMuch) areAll = false;
  for (const value of isTooMuch ? [] : told) {
    const paths = moved.flatMap((folder) => pathsTo(folder, value));
    paths.filter(isThere).forEach(add);
  }
  for (const { words } of commands) {
    const args = words.filter((word) => word !== undefined);
    if (args.indexOf('-C') === args.lastIndexOf('-C')) continue;
    moved.flatMap((folder) => gitFolders(args, folder)).forEach(add);
  }
  return { folders: [...met], areAll };
}

/** False for what the shell makes another path of. */
function isPlainPath(word: SeenWord): word is string {
  return word !== undefined && !/^~|[*?[\]{}\n]/.test(word);
}

/** Longer ones are no names on any disk. */
const maxValue = 200;

/** `-C src`, `-Csrc`, `--chdir=src`, `--chdir src`. */
function optionValues(words: readonly SeenWord[]): readonly string[] {
  return words
    .flatMap((word, at) => {
      if (word === undefined || at === 0) return [];
      if (!word.startsWith('-')) return words[at - 1]?.startsWith('-') ? [word] : [];
      const glued = word.startsWith('--') ? /=(.*)$/s.exec(word)?.[1] : word.slice(2);
      return glued === undefined || glued === '' ? [] : [glued];
    })
    .filter((value) => isPlainPath(value) && value.length <= maxValue);
}
