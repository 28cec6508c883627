import { runAtOnce, type Steps } from '../base/slices';
import { diffSteps } from './lineDiff';
import type { LineRange } from './lineRange';
import { reopens, settledHunks, shiftRejected, type RejectedHunk } from './rejectedHunks';
import { splitLines } from './textFile';

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
  const own = edits.filter((edit) => {
    const added = next.slice(edit.liveStart, edit.liveEnd);
    const undone = [...remembered].find((hunk) => reopens(live, edit, added, hunk));
    if (undone) remembered.delete(undone);
    return !undone && !hunks.some((hunk) => touches(edit, hunk));
  });
  const mirrored = spliceAll(
    base,
    own.map((edit) => {
      const shift = baseShift(hunks, edit);
      return {
        start: edit.baseStart + shift,
        end: edit.baseEnd + shift,
        lines: next.slice(edit.liveStart, edit.liveEnd),
      };
    }),
  );
  return {
    baseline: mirrored,
    rejected: [
      ...shiftRejected([...remembered], edits),
      ...settledHunks(base, live, next, hunks, edits),
    ],
  };
}

/** The text of these lines with stretches of them, given in order, replaced. */
function spliceAll(
  lines: readonly string[],
  edits: readonly { readonly start: number; readonly end: number; readonly lines: string[] }[],
): string {
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
function touches(edit: LineRange, hunk: LineRange): boolean {
  return edit.baseStart <= hunk.liveEnd && edit.baseEnd >= hunk.liveStart;
}

/** How far a live line is from the same line of the baseline. */
function baseShift(hunks: readonly LineRange[], edit: LineRange): number {
  return hunks
    .filter((hunk) => hunk.liveEnd <= edit.baseStart)
    .reduce(
      (shift, hunk) => shift + hunk.baseEnd - hunk.liveEnd - (hunk.baseStart - hunk.liveStart),
      0,
    );
}
