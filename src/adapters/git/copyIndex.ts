import { copyFile, stat, utimes } from 'node:fs/promises';

/**
 * Copies an index of git, over an older one if there is one. The copy must not look younger: git compares an entry's
 * time with the index's own to know which files could have changed in the same tick, and would miss such changes.
 */
export async function copyIndex(from: string, to: string): Promise<void> {
  const { mtimeMs } = await stat(from);
  await copyFile(from, to);
  const seconds = Math.floor(mtimeMs) / 1000;
  await utimes(to, seconds, seconds);
}
