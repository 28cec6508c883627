import { lstatSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** Follows the name of what was set aside; git obeys no such name. */
export const asideEnding = '.set-aside-by-tandem';

/** Larger files are no configuration that `init` or `clone` wrote. */
const maxBytes = 64 * 1024;

/**
 * Takes away what a new repository would make git outside of the sandbox run: an editor that finds it asks git for its
 * state at once, and `core.fsmonitor` alone runs a program then. Settings and hooks that `git init` or `git clone` do not
 * write are renamed beside their place, and a `.git` that leads elsewhere is renamed itself; nothing is deleted.
 * Answers whether something was. `folder` is absolute and holds `.git`, or is itself what usually is called so.
 */
export function disarmRepository(folder: string): boolean {
  const dotGit = join(folder, '.git');
  const stats = lstatSync(dotGit, { throwIfNoEntry: false });
  const armed = stats && !stats.isDirectory() ? [dotGit] : armedParts(stats ? dotGit : folder);
  for (const path of armed) setAside(path);
  return armed.length > 0;
}

function armedParts(repository: string): string[] {
  return [
    ...(isPlainConfig(join(repository, 'config')) ? [] : ['config']),
    ...(hasOnlySamples(join(repository, 'hooks')) ? [] : ['hooks']),
    // Each takes settings from elsewhere.
    ...['commondir', 'config.worktree'].filter((name) => isThere(join(repository, name))),
  ].map((name) => join(repository, name));
}

/** True where a file is absent or says nothing but what makes no git run anything. */
function isPlainConfig(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return true;
  if (!stats.isFile() || stats.size > maxBytes) return false;
  let section = '';
  return readFileSync(path, 'utf8')
    .split('\n')
    .every((line) => {
      if (line.trim() === '') return true;
      const header = /^\[(\w+)(?: "[^"\\\]]*")?\]$/.exec(line);
      if (header) section = header[1]!.toLowerCase();
      if (header) return true;
      const [, key = '', value = ''] = /^\s*([A-Za-z]+) = ([^"\\;#]*)$/.exec(line) ?? [];
      return harmlessKeys.has(`${section}.${key.toLowerCase()}`) && !value.includes('::');
    });
}

/** What `git init` and `git clone` write. A line in any other form counts as harmful, so odd spellings gain nothing. */
const harmlessKeys = new Set([
  ...['repositoryformatversion', 'filemode', 'bare', 'logallrefupdates', 'ignorecase'].map(
    (key) => `core.${key}`,
  ),
  ...[
    'core.precomposeunicode',
    'core.symlinks',
    'extensions.objectformat',
    'extensions.refstorage',
  ],
  ...['remote.url', 'remote.fetch', 'remote.tagopt', 'branch.remote', 'branch.merge'],
  ...['submodule.url', 'submodule.active', 'user.name', 'user.email', 'init.defaultbranch'],
]);

function hasOnlySamples(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (!stats) return true;
  return stats.isDirectory() && readdirSync(folder).every((name) => name.endsWith('.sample'));
}

/** True where anything is at an absolute path, also a link that leads nowhere. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Renames what git would obey, beside its place; `path` is absolute. */
export function setAside(path: string): void {
  let target = path + asideEnding;
  for (let count = 2; isThere(target); count++) target = `${path}${asideEnding}-${count}`;
  renameSync(path, target);
}
