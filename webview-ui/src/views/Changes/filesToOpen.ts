import type { ChangedFile } from '../../../../src/protocol/changes';

/** Changed lines that may stand open over the composer without being asked for. */
const lineBudget = 12;

/** Files whose hunks are shown at once: the first ones, as long as they are small. */
export function filesToOpen(files: readonly ChangedFile[]): ReadonlySet<string> {
  const opened = new Set<string>();
  let lines = 0;
  for (const { path, added, removed, hunks } of files) {
    lines += added + removed + hunks.length;
    if (lines > lineBudget) break;
    if (hunks.length > 0) opened.add(path);
  }
  return opened;
}
