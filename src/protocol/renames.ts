import type { ChangedFile } from './changes';

/**
 * New files that hold exactly what a deleted one held: the old path by the new one. Only equal contents count, as
 * then accepting or rejecting both together is surely what is meant.
 */
export function findRenames(files: readonly ChangedFile[]): ReadonlyMap<string, string> {
  const deleted = new Map<string, string[]>();
  for (const { kind, baseline, path, removed, binary } of files) {
    // Empty files are alike without having anything to do with each other.
    if (kind !== 'delete' || baseline === null || (removed === 0 && !binary)) continue;
    deleted.set(baseline, [...(deleted.get(baseline) ?? []), path]);
  }
  const renames = new Map<string, string>();
  if (deleted.size === 0) return renames;
  for (const { kind, live, path } of files) {
    const candidates = kind === 'add' && live !== null ? deleted.get(live) : undefined;
    if (!candidates || candidates.length === 0) continue;
    const sameName = candidates.findIndex((other) => nameOf(other) === nameOf(path));
    const [from] = candidates.splice(Math.max(0, sameName), 1);
    if (from !== undefined) renames.set(path, from);
  }
  return renames;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
