import type { Hunk } from '../protocol/changes';
import { splitLines } from './textFile';

/** Lines `[start, start + count)` of a text are replaced by `text`. */
export interface LineEdit {
  readonly start: number;
  readonly count: number;
  readonly text: string;
}

/** The baseline after a hunk was accepted: the hunk's lines become what they are in the live text. */
export function acceptHunk(baseline: string, live: string, hunk: Hunk): string {
  return applyLineEdit(baseline, {
    start: hunk.baseStart,
    count: hunk.baseCount,
    text: linesOf(live, hunk.liveStart, hunk.liveCount),
  });
}

/** The one edit of the live text that puts the baseline's lines of a hunk back. */
export function rejectHunk(baseline: string, hunk: Hunk): LineEdit {
  return {
    start: hunk.liveStart,
    count: hunk.liveCount,
    text: linesOf(baseline, hunk.baseStart, hunk.baseCount),
  };
}

/** A text after one edit; all other bytes stay as they are. */
export function applyLineEdit(text: string, edit: LineEdit): string {
  const lines = splitLines(text);
  const before = lines.slice(0, edit.start).join('');
  return before + edit.text + lines.slice(edit.start + edit.count).join('');
}

/** A text after several edits, which are in order and do not overlap; all other bytes stay as they are. */
export function applyLineEdits(text: string, edits: readonly LineEdit[]): string {
  const lines = splitLines(text);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, count, text: replacement } of edits) {
    pieces.push(lines.slice(at, start).join(''), replacement);
    at = start + count;
  }
  return [...pieces, lines.slice(at).join('')].join('');
}

/** The edits of the baseline that accept some hunks of a file, in order. */
export function acceptHunks(live: string, hunks: readonly Hunk[]): LineEdit[] {
  const lines = splitLines(live);
  return hunks.map(({ baseStart, baseCount, liveStart, liveCount }) => ({
    start: baseStart,
    count: baseCount,
    text: lines.slice(liveStart, liveStart + liveCount).join(''),
  }));
}

/** The edits of the live text that reject some hunks of a file, in order. */
export function rejectHunks(baseline: string, hunks: readonly Hunk[]): LineEdit[] {
  const lines = splitLines(baseline);
  return hunks.map(({ baseStart, baseCount, liveStart, liveCount }) => ({
    start: liveStart,
    count: liveCount,
    text: lines.slice(baseStart, baseStart + baseCount).join(''),
  }));
}

function linesOf(text: string, start: number, count: number): string {
  return splitLines(text)
    .slice(start, start + count)
    .join('');
}
