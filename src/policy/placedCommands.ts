import { normalizePath } from '../base/paths';
import { movesTo } from './folderMoves';
import type { PlainCommand } from './plainCommands';

/** A command with every folder it may run in. */
export interface PlacedCommand {
  readonly words: readonly string[];
  /** Absolute; with `..` in them as they are reached, and once more made simple. */
  readonly folders: readonly string[];
}

/** Each `cd` that may have failed doubles what is possible. */
const maxFolders = 16;

/**
 * Follows `cd` through a line. Behind `&&` the new folder is certain; behind anything else it may have failed, so the
 * commands there may run in any folder met so far. Undefined where that are too many.
 */
export function foldersOf(
  commands: readonly PlainCommand[],
  cwd: string,
): readonly PlacedCommand[] | undefined {
  const met = new Set([cwd]);
  let now: readonly string[] = [cwd];
  const placed: PlacedCommand[] = [];
  for (const { words, after } of commands) {
    if (met.size > maxFolders) return undefined;
    if (after !== undefined && after !== '&&') now = [...met];
    const folders = now;
    placed.push({ words, folders });
    const targets = movesTo(words);
    if (!targets) continue;
    const entered = targets.flatMap((target) =>
      folders.flatMap((folder) => pathsTo(folder, target)),
    );
    entered.forEach((folder) => met.add(folder));
    // In a pipe, and where it is tried only after a failure, it may not count for what follows.
    const isCertain = isPlainMove(words) && after !== '|' && after !== '||';
    now = isCertain ? [...new Set(entered)] : [...met];
  }
  return placed;
}

/** Where git works from a folder: each of its options `-C` leads on from the one before. */
export function gitFolders(args: readonly string[], folder: string): readonly string[] {
  const told = args.filter((_, at) => args[at - 1] === '-C');
  const path = told.reduce(
    (place, next) => (next.startsWith('/') ? next : `${place}/${next}`),
    '.',
  );
  return pathsTo(folder, path);
}

/** `cd src`, which either fails or ends there; others may go back, or take a word for something else. */
function isPlainMove([program, target = '-', ...others]: readonly string[]): boolean {
  return program === 'cd' && others.length === 0 && !/^[-+]/.test(target);
}

/**
 * What a path may lead to, from an absolute folder: one path, or two where it holds `..`. Programs follow a link before
 * they take the `..` behind it; `cd` takes `link/..` for the folder that holds the link, where it can.
 */
export function pathsTo(folder: string, path: string): readonly string[] {
  const whole = path.startsWith('/') ? path : `${folder}/${path}`;
  const simple = normalizePath(whole);
  return whole.split('/').includes('..') ? [whole, simple] : [simple];
}
