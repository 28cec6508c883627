import * as l10n from '@vscode/l10n';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  RepositoryEntry,
  RepositoryFile,
  RepositoryQuestion,
  RepositoryState,
} from '../../ports/repository';
import { readBlobs } from './blobs';
import { requireUnlocked } from './indexLock';
import type { GitCall, PersonalGit } from './personalGit';
import type { GitEntry } from './repositoryEntries';
import { GitFailure } from './repositoryGit';
import { findRepository, refusalOf, requireCalm } from './repositoryPlace';
import { readStanding } from './repositoryStanding';
import { inScratch } from './scratchFolder';
import { readStoredForm } from './storedForm';

/** A repository that takes longer to look at hangs. */
const readLimitMs = 60_000;

/** See `Repository.read`. */
export async function readRepository(
  folder: PersonalGit,
  questions: readonly RepositoryQuestion[],
  personSignal: AbortSignal,
): Promise<RepositoryState> {
  const signal = AbortSignal.any([personSignal, AbortSignal.timeout(readLimitMs)]);
  const place = await findRepository(folder, { signal });
  await requireCalm(place, { signal });
  requireUnlocked(place.indexFile);
  const { git, prefix } = place;
  const branch = await git.answer(['symbolic-ref', '--short', '--quiet', 'HEAD'], { signal });
  const refusals = new Map<string, string>();
  for (const { path } of questions) {
    const refusal = await refusalOf(place, path);
    if (refusal !== undefined) refusals.set(path, refusal);
  }
  const open = questions.filter(({ path }) => !refusals.has(path));
  const paths = open.map(({ path }) => prefix + path);
  const { inHead, inIndex, versionOf } = await readStanding(place, paths, { signal });
  const fresh = paths.filter((path) => !inHead.has(path) && !inIndex.has(path));
  const ignored = await ignoredPaths(git, fresh, { signal });

  return inScratch(async (scratch) => {
    const env = {
      GIT_OBJECT_DIRECTORY: join(scratch, 'objects'),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(place.objectsFolder),
    };
    await mkdir(env.GIT_OBJECT_DIRECTORY);
    const call = { signal, env };
    const files = [...inHead.values(), ...inIndex.values()].filter(({ mode }) => isFile(mode));
    const blobs = await readBlobs(git, new Set(files.map(({ id }) => id)), { signal });
    const stored = await readStoredForm(git, paths, call);
    const entryOf = (entry: GitEntry | undefined): RepositoryEntry | null => {
      const content = entry && blobs.get(entry.id);
      return content ? { content, executable: entry.mode === '100755' } : null;
    };
    const look = async ({ path, versions }: RepositoryQuestion): Promise<RepositoryFile> => {
      const full = prefix + path;
      const version = versionOf(full);
      const absent = { path, head: null, index: null, versions: [], version };
      const refusal =
        refusals.get(path) ??
        (ignored.has(full)
          ? l10n.t('is ignored by git')
          : oddEntry(inHead.get(full), inIndex.get(full)));
      if (refusal !== undefined) return { ...absent, refusal };
      const head = entryOf(inHead.get(full));
      const staged = entryOf(inIndex.get(full));
      // `git add --intent-to-add` only announces a file.
      const index = head === null && staged?.content.length === 0 ? null : staged;
      const reference = head?.content ?? index?.content;
      try {
        const forms = [];
        for (const bytes of versions) forms.push(bytes && (await stored(full, bytes, reference)));
        return { path, head, index, versions: forms, version };
      } catch (error) {
        if (!(error instanceof GitFailure)) throw error;
        return { ...absent, refusal: l10n.t('is refused by git: {0}', error.message) };
      }
    };
    const found: RepositoryFile[] = [];
    for (const question of questions) found.push(await look(question));
    return { branch: branch?.trim() ?? null, files: found };
  });
}

/** Those of these paths that are ignored. */
async function ignoredPaths(
  git: PersonalGit,
  paths: readonly string[],
  call: GitCall,
): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set();
  const input = paths.map((path) => `${path}\0`).join('');
  const printed = await git.answer(['check-ignore', '-z', '--stdin'], { ...call, input });
  return new Set((printed ?? '').split('\0').filter((path) => path !== ''));
}

function oddEntry(...entries: readonly (GitEntry | undefined)[]): string | undefined {
  const odd = entries.find((entry) => entry && !isFile(entry.mode));
  if (!odd) return undefined;
  return odd.mode === '160000' ? l10n.t('is a submodule') : l10n.t('is a link in git');
}

function isFile(mode: string): boolean {
  return mode === '100644' || mode === '100755';
}

/** As a list of folders has it: quoted where its separator may be in it. */
function quoted(path: string): string {
  return /[":;\\]/.test(path) ? JSON.stringify(path) : path;
}
