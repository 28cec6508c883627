import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { linkError } from './linkError';

/** Larger files are no configuration. */
const maxBytes = 64 * 1024;

/** Files that include each other further are no settings that anybody wrote. */
const maxIncludes = 20;

/** Places besides `.git` itself that decide what git runs in a folder; absolute. */
export interface RepositoryPlaces {
  readonly existing: readonly string[];
  /** Git would obey them if they came to be. */
  readonly absent: readonly string[];
}

/**
 * The repository that a `.git` file points to, the one it shares objects with, its folder of hooks, the files its settings
 * include, and the parts of a bare repository; where the folder is a part of a repository, those of that one.
 * @throws SandboxError where a link on the way could be pointed elsewhere.
 */
export function repositoryPlaces(folder: string): RepositoryPlaces {
  const dotGit = join(folder, '.git');
  const stats = lstatSync(dotGit, { throwIfNoEntry: false });
  const places = isBare(namesIn(folder))
    ? ['config', 'hooks'].map((name) => join(folder, name))
    : [];
  let repository = folder;
  if (stats?.isFile()) {
    const target = /^gitdir: (.+?)\s*$/m.exec(readSmall(dotGit))?.[1];
    if (target !== undefined) {
      repository = resolve(folder, target);
      places.push(repository);
    }
  } else if (stats) {
    repository = dotGit;
  }
  const common = readSmall(join(repository, 'commondir')).trim();
  const shared = common === '' ? repository : resolve(repository, common);
  if (common !== '') places.push(shared);
  if (stats || places.length > 0) places.push(...namedBySettings(folder, shared));
  else places.push(...namedAbove(folder));
  const existing = places.filter(isThereWithoutLinks);
  return { existing, absent: places.filter((path) => !existing.includes(path)) };
}

/** What the repository around a folder names. */
function namedAbove(folder: string): string[] {
  const above = dirname(folder);
  if (above === folder) return [];
  if (lstatSync(join(above, '.git'), { throwIfNoEntry: false })?.isDirectory()) {
    return namedBySettings(above, join(above, '.git'));
  }
  return namedAbove(above);
}

/**
 * Files that settings of the repository and of the person include, and `core.hooksPath` in any of them, as text: asking
 * git costs more than the sandbox.
 */
function namedBySettings(folder: string, repository: string): string[] {
  const waiting = [join(repository, 'config'), join(homedir(), '.gitconfig')];
  const included: string[] = [];
  const hooks: string[] = [];
  for (let config = waiting.pop(); config !== undefined; config = waiting.pop()) {
    const text = readSmall(config);
    const path = /^\s*hookspath\s*=\s*"?([^"\n;#]+?)"?\s*$/im.exec(text)?.[1];
    if (path !== undefined && !path.startsWith('~')) hooks.push(resolve(folder, path));
    for (const file of includedBy(config, text)) {
      if (included.includes(file) || included.length >= maxIncludes) continue;
      included.push(file);
      waiting.push(file);
    }
  }
  return [...included, ...hooks];
}

/** `path` in the sections `include` and `includeIf`, whether or not their condition holds. */
function includedBy(config: string, text: string): string[] {
  return text
    .split(/^\s*(?=\[)/m)
    .filter((section) => /^\[\s*include/i.test(section))
    .flatMap((section) => [...section.matchAll(/\bpath\s*=\s*"?([^"\n;#]+?)"?\s*$/gim)])
    .map(([, path = '']) => path.replace(/^~(?=\/)/, homedir()))
    .map((path) => resolve(dirname(config), path));
}

/** True for the names in a folder that is itself what usually is called `.git`. */
export function isBare(names: readonly string[]): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => names.includes(name));
}

/** What a folder holds; nothing where it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isThereWithoutLinks(path: string): boolean {
  if (!lstatSync(path, { throwIfNoEntry: false })) return false;
  if (realOrNone(path) !== path) throw linkError(path);
  return true;
}

/** Undefined for a link that leads nowhere yet. */
function realOrNone(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

function readSmall(path: string): string {
  try {
    const stats = lstatSync(path);
    return stats.isFile() && stats.size <= maxBytes ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}
