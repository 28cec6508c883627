import type { ChangedFile, Hunk } from '../../protocol/changes';

/**
 * A line change as VS Code hands it to commands of the `scm/change/title` menu: lines count from 1, both ends
 * included; an end of 0 means that nothing stands on that side, after the start line.
 */
export interface LineChange {
  readonly originalStartLineNumber: number;
  readonly originalEndLineNumber: number;
  readonly modifiedStartLineNumber: number;
  readonly modifiedEndLineNumber: number;
}

/** A place in a changed file; lines count from 0. */
export interface HunkPlace {
  readonly path: string;
  readonly line: number;
}

/**
 * The hunk a cursor stands in; a pure deletion is hit from the lines on both its sides, and a deleted file from
 * every line of what stands for it.
 */
export function hunkAtLine(file: ChangedFile, line: number): Hunk | undefined {
  if (file.kind === 'delete') return file.hunks[0];
  return file.hunks.find(({ liveStart, liveCount }) =>
    liveCount === 0
      ? line === liveStart || line === liveStart - 1
      : line >= liveStart && line < liveStart + liveCount,
  );
}

/** Our hunks that one of VS Code's own line changes covers: the two compare lines with different rules. */
export function hunksOfLineChange(file: ChangedFile, change: LineChange): readonly Hunk[] {
  const live = toRange(change.modifiedStartLineNumber, change.modifiedEndLineNumber);
  const base = toRange(change.originalStartLineNumber, change.originalEndLineNumber);
  return file.hunks.filter(
    (hunk) =>
      touches(live, hunk.liveStart, hunk.liveCount) &&
      touches(base, hunk.baseStart, hunk.baseCount),
  );
}

/** The next or previous hunk from a place, across files and around the end; undefined where there is none. */
export function neighbourHunk(
  files: readonly ChangedFile[],
  from: HunkPlace | undefined,
  direction: 'next' | 'previous',
): HunkPlace | undefined {
  const places = files.flatMap((file) =>
    file.hunks.map((hunk): HunkPlace => ({ path: file.path, line: hunk.liveStart })),
  );
  if (!from) return direction === 'next' ? places[0] : places.at(-1);
  return direction === 'next'
    ? (places.find((place) => compare(place, from) > 0) ?? places[0])
    : (places.findLast((place) => compare(place, from) < 0) ?? places.at(-1));
}

function toRange(start: number, end: number): { readonly from: number; readonly count: number } {
  return end === 0 ? { from: start, count: 0 } : { from: start - 1, count: end - start + 1 };
}

/** Overlap, where empty ranges also meet what stands directly beside them. */
function touches(range: { from: number; count: number }, start: number, count: number): boolean {
  if (range.count === 0 || count === 0) {
    return start <= range.from + range.count && range.from <= start + count;
  }
  return start < range.from + range.count && range.from < start + count;
}

/** The order of the change set: by path, then by line. */
function compare(a: HunkPlace, b: HunkPlace): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line;
}
