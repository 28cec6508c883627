import { sameBytes, type Content } from './content';
import { diffLines } from './lineDiff';
import { decodeText, encodeText, splitLines } from './textFile';

/**
 * Three versions of a file as one: what `ours` and `theirs` each changed of `base`. Undefined where both changed the
 * same lines, one deleted what the other changed, or there are no texts to compare.
 */
export function mergeContents(
  base: Content,
  ours: Content,
  theirs: Content,
): { readonly content: Content } | undefined {
  if (sameBytes(ours, base) || sameBytes(ours, theirs)) return { content: theirs };
  if (sameBytes(theirs, base)) return { content: ours };
  if (base === null || ours === null || theirs === null) return undefined;
  const [first, mine, other] = [decodeText(base), decodeText(ours), decodeText(theirs)];
  if (!first || !mine || !other) return undefined;
  if (mine.encoding !== first.encoding || mine.encoding !== other.encoding) return undefined;
  const text = mergeText(first.text, mine.text, other.text);
  return text === undefined
    ? undefined
    : { content: encodeText({ encoding: mine.encoding, text }) };
}

/** A replacement of lines of the base. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Merges line by line; undefined where both sides changed the same lines in different ways. */
export function mergeText(base: string, ours: string, theirs: string): string | undefined {
  const baseLines = splitLines(base);
  const mine = editsOf(baseLines, splitLines(ours));
  const others = editsOf(baseLines, splitLines(theirs));
  const own = others.filter((edit) => !mine.some((other) => isSame(edit, other)));
  if (own.some((edit) => mine.some((other) => overlaps(edit, other)))) return undefined;
  // At one place what is put in comes before what replaces the lines after it.
  const edits = [...mine, ...own].sort((a, b) => a.start - b.start || a.end - b.end);
  for (const { start, end, lines } of edits.reverse()) {
    baseLines.splice(start, end - start, ...lines);
  }
  const merged = baseLines.join('');
  // A last line without its end may not run into a line that came after it.
  return baseLines.slice(0, -1).every((line) => /[\r\n]$/.test(line)) ? merged : undefined;
}

function editsOf(base: readonly string[], side: readonly string[]): Edit[] {
  return diffLines(base, side).map(({ baseStart, baseEnd, liveStart, liveEnd }) => ({
    start: baseStart,
    end: baseEnd,
    lines: side.slice(liveStart, liveEnd),
  }));
}

function isSame(a: Edit, b: Edit): boolean {
  return (
    a.start === b.start &&
    a.end === b.end &&
    a.lines.length === b.lines.length &&
    a.lines.every((line, index) => line === b.lines[index])
  );
}

/** True where both change a line, or both put something in at the same place. */
function overlaps(a: Edit, b: Edit): boolean {
  if (a.start === a.end && b.start === b.end) return a.start === b.start;
  return a.start < b.end && b.start < a.end;
}
