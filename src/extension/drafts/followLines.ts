/** Lines from 0, both included. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** A replacement in a text, as editors report it; lines and characters count from 0. */
export interface TextChange {
  readonly range: {
    readonly start: TextPosition;
    readonly end: TextPosition;
  };
  readonly text: string;
}

interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Where whole lines are after a change; undefined where it took all of them away. */
export function spanAfter(span: LineSpan, { range, text }: TextChange): LineSpan | undefined {
  const { start, end } = range;
  const lastInserted = start.line + text.split('\n').length - 1;
  const grown = lastInserted - end.line;
  const isBefore = end.line < span.start || (end.line === span.start && end.character === 0);
  if (isBefore) return { start: span.start + grown, end: span.end + grown };
  if (start.line > span.end) return span;
  const beginsAbove =
    start.line < span.start || (start.line === span.start && start.character === 0);
  if (beginsAbove && end.line > span.end) return undefined;
  return {
    start: start.line < span.start ? lastInserted : span.start,
    end: end.line > span.end ? lastInserted : span.end + grown,
  };
}

/** Where the lines of `wanted` stand in a text, nearest to line `near` (from 0); undefined where they do not. */
export function findLines(
  lines: readonly string[],
  wanted: readonly string[],
  near: number,
): LineSpan | undefined {
  const stands = (at: number) => wanted.every((line, index) => lines[at + index] === line);
  for (let distance = 0; distance <= lines.length; distance++) {
    for (const at of [near - distance, near + distance]) {
      if (at >= 0 && at + wanted.length <= lines.length && stands(at)) {
        return { start: at, end: at + wanted.length - 1 };
      }
    }
  }
  return undefined;
}
