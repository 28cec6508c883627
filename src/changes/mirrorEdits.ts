import { diffLines, type LineRange } from './lineDiff';
import { reopens, shiftRejected, type RejectedHunk } from './rejectedHunks';
import { splitLines } from './textFile';

/** What an edit of the person leaves behind. */
export interface Mirrored {
  readonly baseline: string;
  readonly rejected: readonly RejectedHunk[];
}

/**
 * Takes the person's edits from `live` to `next` over into the baseline, so that they never show as the agent's.
 * An edit inside or touching a hunk is left out and thereby extends the hunk; so is one that undoes a reject, which
 * opens that hunk again.
 */
export function mirrorEdits(
  baseline: string,
  live: string,
  next: string,
  rejected: readonly RejectedHunk[] = [],
): Mirrored {
  const liveLines = splitLines(live);
  const nextLines = splitLines(next);
  const baseLines = splitLines(baseline);
  const hunks = diffLines(baseLines, liveLines);
  const edits = diffLines(liveLines, nextLines);

  const remembered = new Set(rejected);
  const own = edits.filter((edit) => {
    const added = nextLines.slice(edit.liveStart, edit.liveEnd);
    const undone = [...remembered].find((hunk) => reopens(liveLines, edit, added, hunk));
    if (undone) remembered.delete(undone);
    return !undone && !hunks.some((hunk) => touches(edit, hunk));
  });
  for (const edit of own.reverse()) {
    baseLines.splice(
      edit.baseStart + baseShift(hunks, edit),
      edit.baseEnd - edit.baseStart,
      ...nextLines.slice(edit.liveStart, edit.liveEnd),
    );
  }
  return { baseline: baseLines.join(''), rejected: shiftRejected([...remembered], edits) };
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
