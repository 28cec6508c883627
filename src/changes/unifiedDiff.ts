import { diffLines } from './lineDiff';
import type { LineRange } from './lineRange';
import { lineEnd, lineText, splitLines } from './textFile';

/** Equal lines shown around a change. */
const contextLines = 3;

/** Lines of one file's diff that are kept; what a person reads in a transcript, not the truth of the change. */
export const maxDiffLines = 2000;

/** What changed between two texts, for people. */
export interface TextDiff {
  /** A unified diff without file headers, cut after `maxDiffLines`. */
  readonly diff: string;
  readonly added: number;
  readonly removed: number;
}

/** The unified diff of two texts and its counts of lines. */
export function unifiedDiff(before: string, after: string): TextDiff {
  const base = splitLines(before);
  const live = splitLines(after);
  const ranges = diffLines(base, live);
  const printed = groupRanges(ranges).flatMap((group) => printGroup(base, live, group));
  const cut = printed.length - maxDiffLines;
  if (cut > 0) printed.splice(maxDiffLines, cut, `\\ ${cut} more lines`);
  return {
    diff: printed.map((line) => `${line}\n`).join(''),
    added: sum(ranges.map((range) => range.liveEnd - range.liveStart)),
    removed: sum(ranges.map((range) => range.baseEnd - range.baseStart)),
  };
}

/** Changes whose context would overlap are printed together. */
function groupRanges(ranges: readonly LineRange[]): LineRange[][] {
  const groups: LineRange[][] = [];
  for (const range of ranges) {
    const group = groups[groups.length - 1];
    const last = group?.[group.length - 1];
    if (group && last && range.baseStart - last.baseEnd <= 2 * contextLines) group.push(range);
    else groups.push([range]);
  }
  return groups;
}

function printGroup(
  base: readonly string[],
  live: readonly string[],
  group: readonly LineRange[],
): string[] {
  const first = group[0] as LineRange;
  const last = group[group.length - 1] as LineRange;
  const lead = Math.min(contextLines, first.baseStart);
  const tail = Math.min(contextLines, base.length - last.baseEnd);
  const baseStart = first.baseStart - lead;
  const liveStart = first.liveStart - lead;
  const baseCount = last.baseEnd + tail - baseStart;
  const liveCount = last.liveEnd + tail - liveStart;

  const lines = [`@@ -${span(baseStart, baseCount)} +${span(liveStart, liveCount)} @@`];
  let at = baseStart;
  for (const range of group) {
    lines.push(...printLines(' ', base.slice(at, range.baseStart)));
    lines.push(...printLines('-', base.slice(range.baseStart, range.baseEnd)));
    lines.push(...printLines('+', live.slice(range.liveStart, range.liveEnd)));
    at = range.baseEnd;
  }
  lines.push(...printLines(' ', base.slice(at, at + tail)));
  return lines;
}

/** Line numbers of a unified diff count from 1; an empty range names the line before it. */
function span(start: number, count: number): string {
  const line = count === 0 ? start : start + 1;
  return count === 1 ? String(line) : `${line},${count}`;
}

function printLines(mark: ' ' | '-' | '+', lines: readonly string[]): string[] {
  return lines.flatMap((line) =>
    lineEnd(line) === ''
      ? [mark + line, '\\ No newline at end of file']
      : // A lone CR would break the printed line apart; the CR of CRLF is kept, as git prints it.
        [mark + lineText(line) + (lineEnd(line) === '\r\n' ? '\r' : '')],
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
