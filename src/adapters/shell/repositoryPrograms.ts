import * as l10n from '@vscode/l10n';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** Settings by which a repository makes reading git commands start programs, or read further settings. */
const namesPrograms =
  /\b(filter|textconv|command|external|fsmonitor|include|includeif|sshcommand|pager|gpg|program|promisor|uploadpack|partialclone|worktreeconfig|askpass)\b/i;
/** No sane repository has more settings. */
const maxConfigBytes = 256 * 1024;

/**
 * Why git in an absolute folder could start programs that the repository there names, as a phrase; undefined where
 * not. It reads the files that git would read, without git. The person's own settings are theirs, and not looked at.
 */
export function repositoryPrograms(folder: string): string | undefined {
  try {
    return look(folder);
  } catch {
    return l10n.t('the repository cannot be looked at');
  }
}

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

/** The folder behind `.git`, which worktrees and submodules keep elsewhere. */
function gitFolder(marker: string): string {
  if (statSync(marker).isDirectory()) return marker;
  const target = /^gitdir: (.+?)\s*$/.exec(readFileSync(marker, 'utf8'))?.[1];
  if (target === undefined) throw new Error('no folder');
  return resolve(dirname(marker), target);
}

/** @param top the folder of the work tree. */
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
      hooks.push(resolve(top, folder));
    }
  }
  // Git runs this one also when it only refreshes what it knows of the files.
  if (hooks.some((folder) => existsSync(join(folder, 'post-index-change')))) {
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
  return isAbsolute(target) ? target : join(gitdir, target);
}
