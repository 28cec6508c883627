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

const markWords = {
  MERGE_HEAD: 'A merge',
  CHERRY_PICK_HEAD: 'A cherry-pick',
  REVERT_HEAD: 'A revert',
  'rebase-merge': 'A rebase',
  'rebase-apply': 'A rebase',
} as const;

type Mark = keyof typeof markWords;
const marks = Object.keys(markWords) as readonly Mark[];

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
  if (!existsSync(folder)) return new RepositoryError(`The folder ${folder} does not exist.`);
  if (exitCode === 'ENOENT') return new RepositoryError('Git was not found on this machine.');
  if (/not a git repository|must be run in a work tree/i.test(message)) {
    return new RepositoryError('This folder is in no git repository.');
  }
  return new RepositoryError('Git cannot read this repository.', message);
}

/** @throws RepositoryError in the middle of a merge, a rebase and the like, or with another git at work. */
export async function requireCalm(place: RepositoryPlace, call: GitCall): Promise<void> {
  const mark = marks.find((name) => existsSync(place.marks[name]));
  if (mark) {
    throw new RepositoryError(
      `${markWords[mark]} is in progress in this repository: finish or abort it first.`,
    );
  }
  const unmerged = await place.git.text(['ls-files', '--unmerged', '-z'], call);
  if (unmerged !== '') {
    throw new RepositoryError('Some files of this repository have conflicts: resolve them first.');
  }
}

/** Why a file (its path from the thread's folder) cannot be committed here, as far as the folders above it tell. */
export async function refusalOf(place: RepositoryPlace, path: string): Promise<string | undefined> {
  const segments = (place.prefix + path).split('/');
  if (segments.includes('..') || path.startsWith('/')) return 'lies outside of the repository';
  let folder = place.git.cwd;
  for (const segment of segments.slice(0, -1)) {
    folder = join(folder, segment);
    const stats = await lstat(folder).catch(() => undefined);
    if (stats?.isSymbolicLink()) return 'lies behind a link';
    if (stats && existsSync(join(folder, '.git')))
      return 'lies in a submodule or another repository';
  }
  return undefined;
}
