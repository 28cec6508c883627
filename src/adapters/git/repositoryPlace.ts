import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RepositoryError } from '../../ports/repository';
import type { GitCall, PersonalGit } from './personalGit';
import { GitFailure } from './repositoryGit';

/** Where a repository is. */
export interface RepositoryPlace {
  /** Git in its top folder. */
  readonly git: PersonalGit;
  /** From the top folder to the thread's folder: empty, or with a slash at its end. */
  readonly prefix: string;
  /** Absolute, as are the next. */
  readonly indexFile: string;
  readonly objectsFolder: string;
  /** Files and folders of the git directory that say what is going on. */
  readonly marks: Readonly<Record<Mark, string>>;
}

const marks = [
  ...['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'rebase-merge', 'rebase-apply'],
] as const;

type Mark = (typeof marks)[number];

function inProgressWords(mark: Mark): string {
  switch (mark) {
    case 'MERGE_HEAD':
      return l10n.t('A merge is in progress in this repository: finish or abort it first.');
    case 'CHERRY_PICK_HEAD':
      return l10n.t('A cherry-pick is in progress in this repository: finish or abort it first.');
    case 'REVERT_HEAD':
      return l10n.t('A revert is in progress in this repository: finish or abort it first.');
    case 'rebase-merge':
    case 'rebase-apply':
      return l10n.t('A rebase is in progress in this repository: finish or abort it first.');
  }
}

/** Finds the repository that git's folder lies in. @throws RepositoryError where there is none, or no git. */
export async function findRepository(git: PersonalGit, call: GitCall): Promise<RepositoryPlace> {
  const names = ['index', 'objects', ...marks];
  const paths = names.flatMap((name) => ['--git-path', name]);
  const env = { LC_ALL: 'C' };
  const printed = await git
    .text(['rev-parse', '--show-toplevel', '--show-prefix', ...paths], { ...call, env })
    .catch((error: unknown) => {
      throw error instanceof GitFailure ? explain(error, git.cwd) : error;
    });
  const [top = '', prefix = '', ...found] = printed.split('\n');
  const at = (name: string) => resolve(git.cwd, found[names.indexOf(name)] ?? '');
  return {
    git: git.in(resolve(git.cwd, top)),
    prefix,
    indexFile: at('index'),
    objectsFolder: at('objects'),
    marks: Object.fromEntries(marks.map((mark) => [mark, at(mark)])) as Record<Mark, string>,
  };
}

function explain({ exitCode, message }: GitFailure, folder: string): RepositoryError {
  if (!existsSync(folder)) {
    return new RepositoryError(l10n.t('The folder {0} does not exist.', folder));
  }
  if (exitCode === 'ENOENT') {
    return new RepositoryError(l10n.t('Git was not found on this machine.'));
  }
  if (/not a git repository|must be run in a work tree/i.test(message)) {
    return new RepositoryError(l10n.t('This folder is in no git repository.'));
  }
  return new RepositoryError(l10n.t('Git cannot read this repository.'), message);
}

/** @throws RepositoryError in the middle of a merge, a rebase and the like, or with another git at work. */
export async function requireCalm(place: RepositoryPlace, call: GitCall): Promise<void> {
  const mark = marks.find((name) => existsSync(place.marks[name]));
  if (mark) {
    throw new RepositoryError(inProgressWords(mark));
  }
  const unmerged = await place.git.text(['ls-files', '--unmerged', '-z'], call);
  if (unmerged !== '') {
    throw new RepositoryError(
      l10n.t('Some files of this repository have conflicts: resolve them first.'),
    );
  }
}

/** Why a file (its path from the thread's folder) cannot be committed here, as far as the folders above it tell. */
export async function refusalOf(place: RepositoryPlace, path: string): Promise<string | undefined> {
  const segments = (place.prefix + path).split('/');
  if (segments.includes('..') || path.startsWith('/'))
    return l10n.t('lies outside of the repository');
  let folder = place.git.cwd;
  for (const segment of segments.slice(0, -1)) {
    folder = join(folder, segment);
    const stats = await lstat(folder).catch(() => undefined);
    if (stats?.isSymbolicLink()) return l10n.t('lies behind a link');
    if (stats && existsSync(join(folder, '.git')))
      return l10n.t('lies in a submodule or another repository');
  }
  return undefined;
}
