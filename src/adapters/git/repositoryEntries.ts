import type { GitCall, PersonalGit } from './personalGit';

/** An entry of a tree or an index. */
export interface GitEntry {
  /** Such as `100644`. */
  readonly mode: string;
  readonly id: string;
}

/** A file may be named like a pattern. */
const namesOnly = { GIT_LITERAL_PATHSPECS: '1' };

/** Paths in one command line. */
const batchSize = 200;

/** Entries of the last commit by path from the top folder; none before the first commit. */
export async function headEntries(
  git: PersonalGit,
  head: string | undefined,
  paths: readonly string[],
  call: GitCall,
): Promise<ReadonlyMap<string, GitEntry>> {
  const entries = new Map<string, GitEntry>();
  if (head === undefined) return entries;
  const env = { ...call.env, ...namesOnly };
  for (const batch of batchesOf(paths)) {
    const args = ['ls-tree', '-z', '--full-tree', head, '--', ...batch];
    const listed = await git.text(args, { ...call, env });
    for (const line of listed.split('\0')) {
      const [, mode = '', id = '', path = ''] =
        /^(\d+) (?:blob|commit) (\w+)\t([^]*)$/.exec(line) ?? [];
      if (path !== '') entries.set(path, { mode, id });
    }
  }
  return entries;
}

/** Entries of the index by path from the top folder, which git runs in. */
export async function indexEntries(
  git: PersonalGit,
  paths: readonly string[],
  call: GitCall,
): Promise<ReadonlyMap<string, GitEntry>> {
  const entries = new Map<string, GitEntry>();
  for (const batch of batchesOf(paths)) {
    const env = { ...call.env, ...namesOnly };
    const args = ['ls-files', '-z', '--stage', '--', ...batch];
    const listed = await git.text(args, { ...call, env });
    for (const line of listed.split('\0')) {
      const [, mode = '', id = '', path = ''] = /^(\d+) (\w+) \d\t([^]*)$/.exec(line) ?? [];
      if (path !== '') entries.set(path, { mode, id });
    }
  }
  return entries;
}

/** Writes entries into the index that `call` names; null takes a path out. */
export async function writeEntries(
  git: PersonalGit,
  entries: ReadonlyMap<string, GitEntry | null>,
  call: GitCall,
): Promise<void> {
  if (entries.size === 0) return;
  const lines = [...entries].map(([path, entry]) =>
    entry ? `${entry.mode} ${entry.id}\t${path}\0` : `0 ${'0'.repeat(40)}\t${path}\0`,
  );
  // What goes comes first: a file may take the place of a folder.
  lines.sort((a, b) => Number(b.startsWith('0 ')) - Number(a.startsWith('0 ')));
  await git.run(['update-index', '-z', '--index-info'], { ...call, input: lines.join('') });
}

function* batchesOf(paths: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < paths.length; start += batchSize) {
    yield paths.slice(start, start + batchSize);
  }
}
