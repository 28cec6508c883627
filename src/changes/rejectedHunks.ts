import type { Steps } from '../base/slices';
import type { Hunk } from '../protocol/changes';
import type { LineRange } from './lineRange';
import { splitLines } from './textFile';

/** Hunks that are looked at before others get their turn. */
const hunksPerStep = 200;

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
export function* settledHunks(
  base: readonly string[],
  live: readonly string[],
  next: readonly string[],
  hunks: readonly LineRange[],
  edits: readonly LineRange[],
): Steps<RejectedHunk[]> {
  const settled: RejectedHunk[] = [];
  let firstEdit = 0;
  for (const [index, hunk] of hunks.entries()) {
    if (index % hunksPerStep === 0) yield;
    while ((edits[firstEdit]?.baseEnd ?? Infinity) < hunk.liveStart) firstEdit += 1;
    let lastEdit = firstEdit;
    while ((edits[lastEdit + 1]?.baseStart ?? Infinity) <= hunk.liveEnd) lastEdit += 1;
    const first = edits[firstEdit];
    const last = edits[lastEdit];
    if (!first || !last || first.baseStart > hunk.liveEnd) continue;
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
    if (!equalLines(next.slice(nextStart, nextEnd), expected)) continue;
    const taken = live.slice(hunk.liveStart, hunk.liveEnd);
    settled.push({ start: nextStart + hunk.liveStart - start, restored, taken });
  }
  return settled;
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

/** True where the lines that a reject put there still stand. */
export function stands(live: readonly string[], { start, restored }: RejectedHunk): boolean {
  return equalLines(live.slice(start, start + restored.length), restored);
}

/**
 * True where an edit of the lines `live` does what bringing a rejected hunk that stands back would do. Results are
 * compared, not positions: a diff may place the same insertion of repeated lines higher or lower. Nearly always the
 * first line tells, so nothing is copied.
 */
export function reopens(
  live: readonly string[],
  edit: LineRange,
  added: readonly string[],
  hunk: RejectedHunk,
): boolean {
  const hunkEnd = hunk.start + hunk.restored.length;
  const growth = added.length - (edit.baseEnd - edit.baseStart);
  if (growth !== hunk.taken.length - hunk.restored.length) return false;
  const end = Math.max(edit.baseEnd, hunkEnd) + growth;
  for (let at = Math.min(edit.baseStart, hunk.start); at < end; at += 1) {
    const edited = lineOf(live, edit.baseStart, edit.baseEnd, added, at);
    if (edited !== lineOf(live, hunk.start, hunkEnd, hunk.taken, at)) return false;
  }
  return true;
}

/** Line `at` of what `lines` become when those from `start` to `end` are replaced. */
function lineOf(
  lines: readonly string[],
  start: number,
  end: number,
  replacement: readonly string[],
  at: number,
): string | undefined {
  if (at < start) return lines[at];
  const within = at - start;
  return within < replacement.length
    ? replacement[within]
    : lines[end + within - replacement.length];
}

function equalLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
