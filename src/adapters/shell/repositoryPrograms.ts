import * as l10n from '@vscode/l10n';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { repositoriesAround } from './repositoriesAround';

/** Settings by which a repository makes reading git commands start programs, read further settings or other folders. */
const namesPrograms = new RegExp(
  String.raw`\b(${[
    ...['filter', 'textconv', 'command', 'external', 'fsmonitor', 'include', 'includeif', 'pager'],
    ...['sshcommand', 'gpg', 'program', 'promisor', 'uploadpack', 'partialclone', 'askpass'],
    ...['worktreeconfig', 'worktree(?=[ \\t]*=)'],
    // Names of formats that check signatures, and checks of them.
    ...['pretty', 'signature', 'showsignature'],
    // What looks into submodules, each with settings of its own.
    ...['submodule(?=[ \\t]*=)', 'submodulesummary', 'recurse'],
  ].join('|')})\b`,
  'i',
);
/** Settings that name a file of which git shows what it does not understand, or takes names from. */
const namesFiles = /\b(ignorerevsfile|attributesfile|mailmap)\b/i;
/** The one name for the first that everybody uses. Only these are ends of lines to git. */
const usualRevisions =
  /(?<=^|\n)[ \t]*ignorerevsfile[ \t]*=[ \t]*(\.git-blame-ignore-revs)[ \t]*(?=\r?\n|$)/gi;
/** No sane repository has more settings. */
const maxConfigBytes = 256 * 1024;

/**
 * Why git in an absolute folder could start programs that the repository there names, as a phrase; undefined where
 * not. It reads the files that git would read, without git. The person's own settings are theirs, and not looked at.
 */
export function repositoryPrograms(folder: string): string | undefined {
  try {
    for (const { top, gitdir, common } of repositoriesAround(folder)) {
      if (gitdir === undefined || common === undefined) {
        return l10n.t('the folder is laid out like a repository');
      }
      const found = lookInto(gitdir, common, top);
      if (found !== undefined) return found;
    }
    return undefined;
  } catch {
    return l10n.t('the repository cannot be looked at');
  }
}

/** @param top the folder of the work tree; a real path, as that of the repository is. */
function lookInto(gitdir: string, common: string, top: string): string | undefined {
  const hooks = [join(common, 'hooks')];
  for (const path of [join(common, 'config'), join(gitdir, 'config.worktree')]) {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats) continue;
    if (!stats.isFile() || stats.size > maxConfigBytes)
      return l10n.t('its .git/config cannot be read');
    const text = readFileSync(path, 'utf8');
    const found = namesPrograms.exec(text)?.[0];
    if (found !== undefined) return l10n.t('.git/config may start a program ({0})', found);
    const named = namesFiles.exec(withoutUsual(text, top))?.[0];
    if (named !== undefined) return l10n.t('.git/config may show another file ({0})', named);
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

/** Settings without those that many have and that lead nowhere else. */
function withoutUsual(config: string, top: string): string {
  return config.replace(usualRevisions, (line, name: string) => {
    const stats = lstatSync(join(top, name), { throwIfNoEntry: false });
    return stats === undefined || stats.isFile() ? '' : line;
  });
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
  return (
    !stats.isFile() || stats.size > maxIndexBytes || readFileSync(index).includes(submoduleMode)
  );
}
