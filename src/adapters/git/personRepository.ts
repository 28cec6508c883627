import type { Repository } from '../../ports/repository';
import { makeCommit } from './makeCommit';
import { PersonalGit } from './personalGit';
import { readRepository } from './readRepository';
import { GitFailure } from './repositoryGit';
import { inScratch } from './scratchFolder';

/**
 * The person's repository that `folder` (absolute) lies in. Plumbing on index files of our own; of the person's only
 * the index is written, under its lock.
 * @param environment what git and the person's hooks see; asked for each time.
 */
export function createPersonRepository(
  folder: string,
  environment: () => Promise<Readonly<Record<string, string | undefined>>> = async () =>
    process.env,
): Repository {
  const open = async () => new PersonalGit(folder, await environment());
  return {
    read: async (questions, signal) => readRepository(await open(), questions, signal),
    commit: async (commit, signal) =>
      inScratch(async (scratch) => makeCommit(await open(), commit, scratch, signal)),
    async subjects(count, signal) {
      const args = ['log', `--max-count=${count}`, '--no-merges', '--format=%s'];
      try {
        const printed = await (await open()).text(args, { signal });
        return printed.split('\n').filter((subject) => subject.trim() !== '');
      } catch (error) {
        if (error instanceof GitFailure) return [];
        throw error;
      }
    },
  };
}
