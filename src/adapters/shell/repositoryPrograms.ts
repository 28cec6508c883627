import * as l10n from '@vscode/l10n';
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** Settings by which a repository makes reading git commands start programs, read further settings or other folders. */
const namesPrograms =
  /\b(filter|textconv|command|external|fsmonitor|include|includeif|sshcommand|pager|gpg|program|promisor|uploadpack|partialclone|worktreeconfig|askpass|worktree(?=[ \t]*=))\b/i;
/** No sane repository has more settings. */
const maxConfigBytes = 256 * 1024;

/**
 * Why git in an absolute folder could start programs that the repository there names, as a phrase; undefined where
 * not. It reads the files that git would read, without git. The person's own settings are theirs, and not looked at.
 */
export function repositoryPrograms(folder: string): string | undefined {
  try {
    // Git sees the folder that a link leads to, and the repositories around that one.
    return look(realpathSync.native(folder));
  } catch {
    return l10n.t('the repository cannot be looked at');
  }
}

/** @param folder a real path. */
function look(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const marker = join(at, '.git');
    if (existsSync(marker)) return lookInto(gitFolder(marker), at);
    // A folder laid out like a bare repository is one to git, wherever it came from.
    if (existsSync(join(at, 'HEAD')) && existsSync(join(at, 'objects'))) {
      return l10n.t('the folder is laid out like a repository');
    }
    if (dirname(at) === at) return undefined;
  }
}

/** The real folder behind `.git`, which worktrees and submodules keep elsewhere. @throws where there is none. */
export function gitFolder(marker: string): string {
  if (statSync(marker).isDirectory()) return realpathSync.native(marker);
  const target = /^gitdir: (.+?)\s*$/.exec(readFileSync(marker, 'utf8'))?.[1];
  if (target === undefined) throw new Error('no folder');
  return realFrom(dirname(marker), target);
}

/** Not made simple before: the system follows a link before it takes the `..` behind it. */
function realFrom(folder: string, path: string): string {
  return realpathSync.native(isAbsolute(path) ? path : `${folder}/${path}`);
}

/** @param top the folder of the work tree; a real path, as that of the repository is. */
function lookInto(gitdir: string, top: string): string | undefined {
  const common = commonFolder(gitdir);
  const hooks = [join(common, 'hooks')];
  for (const path of [join(common, 'config'), join(gitdir, 'config.worktree')]) {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats) continue;
    if (!stats.isFile() || stats.size > maxConfigBytes)
      return l10n.t('its .git/config cannot be read');
    const text = readFileSync(path, 'utf8');
    const found = namesPrograms.exec(text)?.[0];
    if (found !== undefined) return l10n.t('.git/config may start a program ({0})', found);
    for (const folder of hookFolders(text)) {
      if (!/^[\w./-]+$/.test(folder))
        return l10n.t('.git/config names a folder of hooks in an odd way');
      hooks.push(isAbsolute(folder) ? folder : `${top}/${folder}`);
    }
  }
  // Git runs this one also when it only refreshes what it knows of the files.
  if (hooks.some((folder) => existsSync(`${folder}/post-index-change`))) {
    return l10n.t('its hook post-index-change would run');
  }
  return mayHoldSubmodules(gitdir)
    ? l10n.t('it may hold submodules with settings of their own')
    : undefined;
}

/** Many tools keep hooks beside the code; reading runs one of them at most. */
function hookFolders(config: string): readonly string[] {
  return [...config.matchAll(/hookspath[ \t]*=[ \t]*(.*)/gi)].map(([, folder = '']) =>
    folder.trim(),
  );
}

/** The mode of a submodule's entry in the index, as four bytes. */
const submoduleMode = Buffer.from([0, 0, 0xe0, 0]);
const maxIndexBytes = 64 * 1024 * 1024;

/** Git looks into the repositories of submodules too. The bytes may stand in an index for another reason: it only asks. */
function mayHoldSubmodules(gitdir: string): boolean {
  if (readdirSync(gitdir).some((name) => name.startsWith('sharedindex.'))) return true;
  const index = join(gitdir, 'index');
  const stats = statSync(index, { throwIfNoEntry: false });
  if (!stats) return false;
  return stats.size > maxIndexBytes || readFileSync(index).includes(submoduleMode);
}

function commonFolder(gitdir: string): string {
  const file = join(gitdir, 'commondir');
  if (!existsSync(file)) return gitdir;
  const target = readFileSync(file, 'utf8').trim();
  return realFrom(gitdir, target);
}
