import { runAtOnce, type Steps } from '../base/slices';
import { diffSteps } from './lineDiff';
import type { LineRange } from './lineRange';
import { reopens, settledHunks, shiftRejected, stands, type RejectedHunk } from './rejectedHunks';
import { splitLines } from './textFile';

/** Edits that are compared with remembered hunks before others get their turn. */
const editsPerStep = 50;

/** Lines that take the place of others. */
interface LineEdit {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** What an edit of the person leaves behind. */
export interface Mirrored {
  readonly baseline: string;
  readonly rejected: readonly RejectedHunk[];
}

/**
 * Takes the person's edits from `live` to `next` over into the baseline, so that they never show as the agent's.
 * An edit inside or touching a hunk is left out and thereby extends the hunk; so is one that undoes a reject, which
 * opens that hunk again. A hunk the person takes back by hand, or by undo, is remembered as a reject is.
 */
export function mirrorEdits(
  baseline: string,
  live: string,
  next: string,
  rejected: readonly RejectedHunk[] = [],
): Mirrored {
  return runAtOnce(mirrorSteps(splitLines(baseline), splitLines(live), splitLines(next), rejected));
}

/** The same as `mirrorEdits` of lines with their line ends, in steps of a millisecond or so. */
export function* mirrorSteps(
  base: readonly string[],
  live: readonly string[],
  next: readonly string[],
  rejected: readonly RejectedHunk[],
): Steps<Mirrored> {
  const hunks = yield* diffSteps(base, live);
  const edits = yield* diffSteps(live, next);

  const remembered = new Set(rejected);
  const standing = new Set(rejected.filter((hunk) => stands(live, hunk)));
  const own: LineEdit[] = [];
  // Edits and hunks are in order, so each is passed once, however many there are.
  let nextHunk = 0;
  let shift = 0;
  for (const [index, edit] of edits.entries()) {
    if (index % editsPerStep === 0) yield;
    const lines = next.slice(edit.liveStart, edit.liveEnd);
    for (; (hunks[nextHunk]?.liveEnd ?? Infinity) < edit.baseStart; nextHunk += 1) {
      shift += shiftOf(hunks[nextHunk]);
    }
    const undone = [...standing].find((hunk) => reopens(live, edit, lines, hunk));
    if (undone) {
      remembered.delete(undone);
      standing.delete(undone);
    } else if (!touches(edit, hunks[nextHunk])) {
      own.push({ start: edit.baseStart + shift, end: edit.baseEnd + shift, lines });
    }
  }
  return {
    baseline: spliceAll(base, own),
    rejected: [
      ...shiftRejected([...remembered], edits),
      ...(yield* settledHunks(base, live, next, hunks, edits)),
    ],
  };
}

/** The text of these lines with stretches of them, given in order, replaced. */
function spliceAll(lines: readonly string[], edits: readonly LineEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(lines.slice(at, edit.start).join(''), edit.lines.join(''));
    at = edit.end;
  }
  parts.push(lines.slice(at).join(''));
  return parts.join('');
}

/** `edit` counts in lines of the live text on its base side, as `hunk` does on its live side. */
function touches(edit: LineRange, hunk: LineRange | undefined): boolean {
  return hunk !== undefined && edit.baseStart <= hunk.liveEnd && edit.baseEnd >= hunk.liveStart;
}

/** How much further lines below a hunk stand in the baseline than in the live text. */
function shiftOf(hunk: LineRange | undefined): number {
  if (!hunk) return 0;
  return hunk.baseEnd - hunk.liveEnd - (hunk.baseStart - hunk.liveStart);
}
