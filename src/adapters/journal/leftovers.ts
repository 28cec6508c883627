import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isOwnerAlive, parseOwner, readOrEmpty } from '../disk/processOwner';

/** What stands behind the name of a file that is about to replace another one. */
const temporaryName =
  /^\.(jsonl|condensed|summary|lock)\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Removes the files with which a process that was killed was about to replace a thread's files. Only for the owner of
 * the thread: nobody else makes such files, but for the lock of somebody who is about to take it over.
 */
export function removeLeftovers(folder: string, threadId: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${threadId}.`)) continue;
    const [, kind] = temporaryName.exec(name.slice(threadId.length)) ?? [];
    if (kind === undefined) continue;
    const path = join(folder, name);
    if (kind === 'lock') {
      const owner = parseOwner(readOrEmpty(path));
      if (!owner || isOwnerAlive(owner)) continue;
    }
    rmSync(path, { force: true });
  }
}
