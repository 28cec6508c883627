import type { GitCall } from './personalGit';
import { headEntries, indexEntries, type GitEntry } from './repositoryEntries';
import type { RepositoryPlace } from './repositoryPlace';

type Entries = ReadonlyMap<string, GitEntry>;

/** How the repository and the named files stand at one moment. */
export interface Standing {
  readonly head: string | undefined;
  readonly inHead: Entries;
  readonly inIndex: Entries;
  /** See `RepositoryFile.version`. */
  readonly versionOf: (path: string) => string;
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
  const versionOf = (path: string) =>
    `${head ?? ''} ${inIndex.get(path)?.mode} ${inIndex.get(path)?.id}`;
  return { head, inHead, inIndex, versionOf };
}
