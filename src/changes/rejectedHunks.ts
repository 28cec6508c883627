import type { Hunk } from '../protocol/changes';
import type { LineRange } from './lineRange';
import { splitLines } from './textFile';

/**
 * A hunk the person rejected, remembered so that undoing the reject opens it again instead of passing for the
 * person's own edit.
 */
export interface RejectedHunk {
  /** Line of the live text where it stood. */
  readonly start: number;
  /** What the reject put there. */
  readonly restored: readonly string[];
  /** What the reject took away, and an undo brings back. */
  readonly taken: readonly string[];
}

/** The memory of rejecting `hunks` (in order, all at once) of a live text. */
export function rememberRejected(
  baseline: string,
  live: string,
  hunks: readonly Hunk[],
): RejectedHunk[] {
  const base = splitLines(baseline);
  const now = splitLines(live);
  let shift = 0;
  return hunks.map((hunk) => {
    const start = hunk.liveStart + shift;
    shift += hunk.baseCount - hunk.liveCount;
    return {
      start,
      restored: base.slice(hunk.baseStart, hunk.baseStart + hunk.baseCount),
      taken: now.slice(hunk.liveStart, hunk.liveStart + hunk.liveCount),
    };
  });
}

/** The memory without what stood where a hunk of the live text is accepted: no undo opens that again. */
export function forgetAccepted(
  rejected: readonly RejectedHunk[],
  accepted: readonly Hunk[],
): RejectedHunk[] {
  return rejected.filter(({ start, restored }) =>
    accepted.every(
      ({ liveStart, liveCount }) =>
        start + restored.length < liveStart || start > liveStart + liveCount,
    ),
  );
}

/**
 * The memory of hunks that edits from `live` to `next` took back, so that the baseline's lines stand there again:
 * undone or taken back by hand, they are as good as rejected.
 */
export function settledHunks(
  base: readonly string[],
  live: readonly string[],
  next: readonly string[],
  hunks: readonly LineRange[],
  edits: readonly LineRange[],
): RejectedHunk[] {
  return hunks.flatMap((hunk) => {
    const touching = edits.filter(
      (edit) => edit.baseStart <= hunk.liveEnd && edit.baseEnd >= hunk.liveStart,
    );
    const first = touching[0];
    const last = touching.at(-1);
    if (!first || !last) return [];
    const start = Math.min(first.baseStart, hunk.liveStart);
    const end = Math.max(last.baseEnd, hunk.liveEnd);
    const restored = base.slice(hunk.baseStart, hunk.baseEnd);
    const nextStart = first.liveStart - (first.baseStart - start);
    const nextEnd = last.liveEnd + (end - last.baseEnd);
    const expected = [
      ...live.slice(start, hunk.liveStart),
      ...restored,
      ...live.slice(hunk.liveEnd, end),
    ];
    if (!equalLines(next.slice(nextStart, nextEnd), expected)) return [];
    const taken = live.slice(hunk.liveStart, hunk.liveEnd);
    return [{ start: nextStart + hunk.liveStart - start, restored, taken }];
  });
}

/** Moves the memory along with edits of the live text, given as ranges from before to after them. */
export function shiftRejected(
  rejected: readonly RejectedHunk[],
  edits: readonly LineRange[],
): RejectedHunk[] {
  return rejected.map((hunk) => {
    const above = edits.filter((edit) => edit.baseEnd <= hunk.start);
    const shift = above.reduce(
      (total, edit) => total + (edit.liveEnd - edit.liveStart) - (edit.baseEnd - edit.baseStart),
      0,
    );
    return shift === 0 ? hunk : { ...hunk, start: hunk.start + shift };
  });
}

/**
 * True where an edit of the lines `live` does what bringing the rejected hunk back would do. Results are compared,
 * not positions: a diff may place the same insertion of repeated lines higher or lower.
 */
export function reopens(
  live: readonly string[],
  edit: LineRange,
  added: readonly string[],
  hunk: RejectedHunk,
): boolean {
  const hunkEnd = hunk.start + hunk.restored.length;
  if (!equalLines(live.slice(hunk.start, hunkEnd), hunk.restored)) return false;
  const start = Math.min(edit.baseStart, hunk.start);
  const end = Math.max(edit.baseEnd, hunkEnd);
  const edited = [...live.slice(start, edit.baseStart), ...added, ...live.slice(edit.baseEnd, end)];
  const undone = [...live.slice(start, hunk.start), ...hunk.taken, ...live.slice(hunkEnd, end)];
  return equalLines(edited, undone);
}

function equalLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
