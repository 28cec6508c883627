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

function linesOf(text: string, start: number, count: number): string {
  return splitLines(text)
    .slice(start, start + count)
    .join('');
}
