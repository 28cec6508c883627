/** Replace the characters from `start` to `end` (UTF-16 units) by `text`. */
export interface TextReplacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The smallest single replacement that makes `before` into `after`; undefined where they are equal. It never
 * cuts a line break or a surrogate pair in two, because a position in an editor cannot stand there.
 */
export function minimalEdit(before: string, after: string): TextReplacement | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  while (start > 0 && (splitsPair(before, start) || splitsPair(after, start))) start--;

  let tail = 0;
  const longestTail = shorter - start;
  while (tail < longestTail && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  while (
    tail > 0 &&
    (splitsPair(before, before.length - tail) || splitsPair(after, after.length - tail))
  ) {
    tail--;
  }
  return {
    start,
    end: before.length - tail,
    text: after.slice(start, after.length - tail),
  };
}

function splitsPair(text: string, index: number): boolean {
  const left = text.charCodeAt(index - 1);
  const right = text.charCodeAt(index);
  if (left === 13 && right === 10) return true;
  return left >= 0xd800 && left <= 0xdbff && right >= 0xdc00 && right <= 0xdfff;
}
