import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { linkError } from './linkError';

/** Larger files are no configuration. */
const maxBytes = 64 * 1024;

/**
 * Places besides `.git` itself that decide what git runs in a folder: the repository that a `.git` file points to, the
 * one it shares objects with, its folder of hooks, and the parts of a bare repository. Absolute, all exist.
 * @throws SandboxError where a link on the way could be pointed elsewhere.
 */
export function repositoryPlaces(folder: string): string[] {
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
  if (stats || places.length > 0) places.push(...hookFolders(folder, shared));
  return places.filter(isThereWithoutLinks);
}

/** `core.hooksPath` of the repository and of the person, as text: asking git costs more than the sandbox. */
function hookFolders(folder: string, repository: string): string[] {
  const configs = [join(repository, 'config'), join(homedir(), '.gitconfig')].map(readSmall);
  return configs.flatMap((config) => {
    const path = /^\s*hookspath\s*=\s*"?([^"\n;#]+?)"?\s*$/im.exec(config)?.[1];
    return path === undefined || path.startsWith('~') ? [] : [resolve(folder, path)];
  });
}

/** True for the names in a folder that is itself what usually is called `.git`. */
export function isBare(names: readonly string[]): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => names.includes(name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isThereWithoutLinks(path: string): boolean {
  if (!lstatSync(path, { throwIfNoEntry: false })) return false;
  if (realpathSync.native(path) !== path) throw linkError(path);
  return true;
}

function readSmall(path: string): string {
  try {
    const stats = lstatSync(path);
    return stats.isFile() && stats.size <= maxBytes ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}
