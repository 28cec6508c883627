import type { GitCall, PersonalGit } from './personalGit';

/** The bytes of blobs by their ids, in one go. @throws GitFailure; Error where one is missing. */
export async function readBlobs(
  git: PersonalGit,
  ids: ReadonlySet<string>,
  call: GitCall,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>();
  if (ids.size === 0) return blobs;
  const input = [...ids].map((id) => `${id}\n`).join('');
  const printed = await git.run(['cat-file', '--batch'], { ...call, input });
  let at = 0;
  while (at < printed.length) {
    const end = printed.indexOf('\n', at);
    const [id = '', type = '', size = ''] = printed.toString('utf8', at, end).split(' ');
    if (type !== 'blob') throw new Error(`The repository has no file content ${id}.`);
    const start = end + 1;
    at = start + Number(size);
    blobs.set(id, printed.subarray(start, at));
    // A line end stands behind each.
    at += 1;
  }
  return blobs;
}
