import type { Hunk } from '../protocol/changes';
import { splitLines } from './textFile';

/** Lines `[start, start + count)` of a text are replaced by `text`. */
export interface LineEdit {
  readonly start: number;
  readonly count: number;
  readonly text: string;
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
