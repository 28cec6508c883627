import { createHash } from 'node:crypto';
import type { GitCall } from './personalGit';
import { headEntries, indexEntries, type GitEntry } from './repositoryEntries';
import type { RepositoryPlace } from './repositoryPlace';

type Entries = ReadonlyMap<string, GitEntry>;

/** How the repository and the named files stand at one moment. */
export interface Standing {
  readonly head: string | undefined;
  readonly inHead: Entries;
  readonly inIndex: Entries;
  readonly version: string;
}

/** Reads it; paths count from the top folder. */
export async function readStanding(
  place: RepositoryPlace,
  paths: readonly string[],
  call: GitCall,
): Promise<Standing> {
  const head = (
    await place.git.answer(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], call)
  )?.trim();
  const inHead = await headEntries(place.git, head, paths, call);
  const inIndex = await indexEntries(place.git, paths, call);
  const staged = paths.map((path) => `${path} ${JSON.stringify(inIndex.get(path))}`);
  const version = createHash('sha256')
    .update([head ?? '', ...staged].join('\n'))
    .digest('hex');
  return { head, inHead, inIndex, version };
}
