import { anchorContext, maxAnchorLines, type CommentAnchor } from '../protocol/comments';
import { byteOrderMark, decodeText, lineText, splitLines } from './textFile';

/** Where the lines of an anchor are now; `changed` where other lines stand between those around them. */
export interface FoundPlace {
  /** From 1, both included; the end is one less than the start where nothing stands there. */
  readonly startLine: number;
  readonly endLine: number;
  readonly standing: 'same' | 'changed';
}

/** Lines that may have come between the ones around a comment's place. */
const maxGrowth = 100;

/** The lines of a file without their line ends; none where it is absent or binary. */
export function linesOf(bytes: Uint8Array | null): readonly string[] {
  const text = (bytes && decodeText(bytes)?.text) ?? '';
  const bare = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  return splitLines(bare).map(lineText);
}

/** An anchor at lines (from 1, both included) of a text; they are cut to what the text has. */
export function anchorAt(
  text: readonly string[],
  startLine: number,
  endLine: number,
): CommentAnchor {
  const start = Math.min(Math.max(startLine, 1), text.length + 1);
  const end = Math.min(Math.max(endLine, start - 1), text.length);
  return {
    startLine: start,
    endLine: end,
    lines: text.slice(start - 1, Math.min(end, start - 1 + maxAnchorLines)),
    before: text.slice(Math.max(0, start - 1 - anchorContext), start - 1),
    after: text.slice(end, end + anchorContext),
  };
}

/**
 * Finds the place of a comment in the text as it is now: its own lines where they are still there (where several
 * places have them, the one with the likest surroundings, then the nearest), else what stands between the lines
 * around it. Undefined where that is gone, too.
 */
export function findPlace(text: readonly string[], anchor: CommentAnchor): FoundPlace | undefined {
  return findLines(text, anchor) ?? findBetween(text, anchor);
}

function findLines(text: readonly string[], anchor: CommentAnchor): FoundPlace | undefined {
  const { lines, before, after, startLine, endLine } = anchor;
  const count = endLine - startLine + 1;
  const isBlank = lines.every((line) => line.trim() === '');
  let best: { readonly at: number; readonly score: number } | undefined;
  for (let at = 0; at + lines.length <= text.length; at += 1) {
    if (!lines.every((line, index) => text[at + index] === line)) continue;
    const likeBefore = alike(before.toReversed(), (index) => text[at - 1 - index]);
    const likeAfter = alike(after, (index) => text[at + count + index]);
    // Nothing, or empty lines, are everywhere: what is around them tells which are meant.
    if (
      isBlank &&
      (likeBefore < Math.min(1, before.length) || likeAfter < Math.min(1, after.length))
    )
      continue;
    const score = (likeBefore + likeAfter) * text.length - Math.abs(at - (startLine - 1));
    if (!best || score > best.score) best = { at, score };
  }
  if (!best) return undefined;
  return {
    startLine: best.at + 1,
    endLine: Math.min(best.at + count, text.length),
    standing: 'same',
  };
}

/** How many lines in a row are equal. */
function alike(lines: readonly string[], other: (index: number) => string | undefined): number {
  const different = lines.findIndex((line, index) => other(index) !== line);
  return different < 0 ? lines.length : different;
}

/** The lines between the nearest places of the line before and the line after. */
function findBetween(text: readonly string[], anchor: CommentAnchor): FoundPlace | undefined {
  const { before, after, startLine, endLine } = anchor;
  const above = before.at(-1);
  const [below] = after;
  if (above === undefined && below === undefined) return undefined;
  const starts = above === undefined ? [0] : indexesOf(text, above).map((index) => index + 1);
  const ends = below === undefined ? [text.length] : indexesOf(text, below);
  const most = endLine - startLine + 1 + maxGrowth;
  let best: { readonly start: number; readonly end: number; readonly distance: number } | undefined;
  for (const start of starts) {
    const end = ends.find((index) => index >= start);
    if (end === undefined || end - start > most) continue;
    const distance = Math.abs(start - (startLine - 1));
    if (!best || distance < best.distance) best = { start, end, distance };
  }
  return best && { startLine: best.start + 1, endLine: best.end, standing: 'changed' };
}

function indexesOf(text: readonly string[], wanted: string): readonly number[] {
  return text.flatMap((line, index) => (line === wanted ? [index] : []));
}
