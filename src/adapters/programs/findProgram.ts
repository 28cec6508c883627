import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative, sep } from 'node:path';

/**
 * A search path without the entries that mean another folder wherever a program starts (`.`, empty ones, relative
 * ones), and without those in `outside` where one is named: a program that a repository brings must not be taken for
 * one of the machine.
 */
export function absoluteSearchPath(path: string | undefined, outside?: string): string {
  return (path ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !(outside && liesIn(folder, outside)))
    .join(delimiter);
}

const found = new Map<string, string>();

/**
 * The absolute path of a program of the machine, or undefined where there is none. What lies in `outside`, an absolute
 * folder, does not count, also where a link leads into it. Once found it stays.
 */
export function findProgram(
  name: string,
  path: string | undefined,
  outside?: string,
): string | undefined {
  const key = [name, path, outside].join('\0');
  const known = found.get(key);
  if (known !== undefined) return known;
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const forbidden = outside === undefined ? [] : [outside, realPath(outside)];
  for (const folder of absoluteSearchPath(path).split(delimiter)) {
    const candidate = join(folder, file);
    if (folder === '' || !isProgram(candidate)) continue;
    const places = [candidate, realPath(candidate)];
    if (places.some((place) => forbidden.some((root) => liesIn(place, root)))) continue;
    found.set(key, candidate);
    return candidate;
  }
  return undefined;
}

/** True for a file that may be run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function liesIn(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
