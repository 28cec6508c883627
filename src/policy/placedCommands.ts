import { normalizePath } from '../base/paths';
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
    const [program, target] = words;
    placed.push({ words, folders });
    if (program !== 'cd' || target === undefined) continue;
    const entered = [...new Set(folders.flatMap((folder) => pathsTo(folder, target)))];
    entered.forEach((folder) => met.add(folder));
    // In a pipe, and where it is tried only after a failure, it may not count for what follows.
    now = after === '|' || after === '||' ? [...met] : entered;
  }
  return placed;
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
