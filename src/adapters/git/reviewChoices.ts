import { RepositoryGit } from './repositoryGit';

/** A commit a person may want reviewed. */
export interface CommitChoice {
  readonly sha: string;
  readonly subject: string;
  /** Who and how long ago, for people. */
  readonly about: string;
}

const maxChoices = 100;

/** Branches of the repository that a folder (absolute) lies in, the last used first, without the one at hand. */
export async function listBranches(folder: string, signal: AbortSignal): Promise<string[]> {
  const git = new RepositoryGit(folder, process.env);
  const listed = await git.run(
    [
      'for-each-ref',
      '--sort=-committerdate',
      `--count=${maxChoices}`,
      '--format=%(HEAD)%(refname:short)',
      ...['refs/heads', 'refs/remotes'],
    ],
    signal,
  );
  return listed
    .split('\n')
    .filter((line) => line.startsWith(' '))
    .map((line) => line.slice(1))
    .filter((name) => !name.endsWith('/HEAD'));
}

/** The newest commits of the branch at hand. */
export async function listCommits(folder: string, signal: AbortSignal): Promise<CommitChoice[]> {
  const git = new RepositoryGit(folder, process.env);
  const format = '--format=%H%x00%s%x00%an, %cr';
  const options = ['--no-show-signature', '--no-color', `--max-count=${maxChoices}`, format];
  const listed = await git.run(['log', ...options, 'HEAD', '--'], signal);
  return listed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [sha = '', subject = '', about = ''] = line.split('\0');
      return { sha, subject, about };
    });
}
