import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  RepositoryError,
  type CommitFile,
  type Repository,
  type RepositoryEntry,
} from '../../ports/repository';
import { copyIndex } from './copyIndex';
import { lockIndex, type IndexLock } from './indexLock';
import type { GitCall, PersonalGit } from './personalGit';
import { headEntries, writeEntries, type GitEntry } from './repositoryEntries';
import { GitFailure } from './repositoryGit';
import { findRepository, requireCalm, type RepositoryPlace } from './repositoryPlace';
import { readStanding } from './repositoryStanding';

/** What comes after a commit is finished also where the person stopped waiting. */
const finishLimitMs = 60_000;

/** See `Repository.commit`; `scratch` is a folder to work in. */
export async function makeCommit(
  folder: PersonalGit,
  { message, files }: Parameters<Repository['commit']>[0],
  scratch: string,
  signal: AbortSignal,
): Promise<string> {
  const place = await findRepository(folder, { signal });
  const { git, prefix } = place;
  const paths = files.map(({ path }) => prefix + path);
  const lock = await lockIndex(place.indexFile);
  try {
    await requireCalm(place, { signal });
    const before = await readStanding(place, paths, { signal });
    const moved = files.some(({ path, version }) => before.versionOf(prefix + path) !== version);
    if (moved) throw changedMeanwhile();
    const planned = await storeEntries(git, prefix, files, scratch, { signal });

    const commitIndex = join(scratch, 'commit-index');
    const call = { signal, env: { GIT_INDEX_FILE: commitIndex } };
    await copyIndexIfAny(place.indexFile, commitIndex);
    await git.run(['read-tree', ...(before.head ? ['-m', '-i', before.head] : ['--empty'])], call);
    await writeEntries(git, planned.head, call);
    const commit = await runCommit(git, before.head, message, call);

    const finish = { signal: AbortSignal.timeout(finishLimitMs) };
    // A hook may have changed what was committed; what was as the commit planned it follows that.
    const inCommit = await headEntries(git, commit, paths, finish);
    const staged = new Map<string, GitEntry | null>();
    for (const path of paths) {
      const index = planned.index.get(path) ?? null;
      const follows = isSame(index, planned.head.get(path) ?? null);
      const entry = follows ? (inCommit.get(path) ?? null) : index;
      if (!isSame(entry, before.inIndex.get(path) ?? null)) staged.set(path, entry);
    }
    await updateIndex(place, staged, { lock, scratch, finish, commit });
    return commit;
  } finally {
    await lock.release();
  }
}

/** Runs `git commit` on an index of ours; answers the commit. @throws RepositoryError with what was printed. */
async function runCommit(
  git: PersonalGit,
  parent: string | undefined,
  message: string,
  call: GitCall,
): Promise<string> {
  const finish = { signal: AbortSignal.timeout(finishLimitMs) };
  const head = async () =>
    (await git.answer(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], finish))?.trim();
  try {
    await git.run(['commit', '--quiet', '--file=-'], { ...call, input: message, commits: true });
  } catch (error) {
    const now = await head();
    if (now === parent || now === undefined) {
      if (!(error instanceof GitFailure)) throw error;
      throw new RepositoryError(
        l10n.t(
          'Git did not commit, and nothing changed: a hook or a setting of this repository refused it.',
        ),
        error.message,
        { cause: error },
      );
    }
    // Stopped, or ended badly, only after the commit was made.
  }
  const made = await head();
  if (made === undefined || made === parent) {
    throw new RepositoryError(l10n.t('Git made no commit.'));
  }
  return made;
}

async function updateIndex(
  place: RepositoryPlace,
  staged: ReadonlyMap<string, GitEntry | null>,
  use: {
    readonly lock: IndexLock;
    readonly scratch: string;
    readonly finish: GitCall;
    readonly commit: string;
  },
): Promise<void> {
  const { lock, scratch, finish, commit } = use;
  try {
    const index = join(scratch, 'next-index');
    await copyIndexIfAny(place.indexFile, index);
    const call = { ...finish, env: { GIT_INDEX_FILE: index } };
    if (!existsSync(index)) await place.git.run(['read-tree', '--empty'], call);
    await writeEntries(place.git, staged, call);
    await lock.replace(index);
  } catch (error) {
    throw new RepositoryError(
      l10n.t(
        'The commit {0} was made, but what is staged could not be brought up to it: the committed files show as staged the other way round until they are staged again.',
        commit.slice(0, 10),
      ),
      error instanceof Error ? error.message : '',
      { cause: error },
    );
  }
}

/** Stores what is committed and staged as objects of the repository. */
async function storeEntries(
  git: PersonalGit,
  prefix: string,
  files: readonly CommitFile[],
  scratch: string,
  call: GitCall,
): Promise<Record<'head' | 'index', ReadonlyMap<string, GitEntry | null>>> {
  const contents = [
    ...new Set(files.flatMap(({ head, index }) => [head, index]).flatMap((e) => e?.content ?? [])),
  ];
  const names: string[] = [];
  for (const [number, content] of contents.entries()) {
    const name = join(scratch, `content-${number}`);
    await writeFile(name, content);
    names.push(name);
  }
  const printed = await git.text(['hash-object', '-w', '--no-filters', '--stdin-paths'], {
    ...call,
    input: names.map((name) => `${name}\n`).join(''),
  });
  const ids = new Map(printed.split('\n').map((id, number) => [contents[number], id]));
  const entry = (from: RepositoryEntry | null): GitEntry | null =>
    from && { mode: from.executable ? '100755' : '100644', id: ids.get(from.content) ?? '' };
  return {
    head: new Map(files.map(({ path, head }) => [prefix + path, entry(head)])),
    index: new Map(files.map(({ path, index }) => [prefix + path, entry(index)])),
  };
}

function isSame(a: GitEntry | null, b: GitEntry | null): boolean {
  return a?.id === b?.id && a?.mode === b?.mode;
}

/** An index that is not there yet is an empty one. */
async function copyIndexIfAny(from: string, to: string): Promise<void> {
  if (existsSync(from)) await copyIndex(from, to);
}

function changedMeanwhile(): RepositoryError {
  return new RepositoryError(
    l10n.t('The repository changed in the meantime: look at the commit again.'),
  );
}
