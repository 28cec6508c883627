import { diffArrays } from 'diff';

/** Lines `[baseStart, baseEnd)` became lines `[liveStart, liveEnd)`; the lines around are equal. Counts from 0. */
export interface LineRange {
  readonly baseStart: number;
  readonly baseEnd: number;
  readonly liveStart: number;
  readonly liveEnd: number;
}

/**
 * Added plus removed lines up to which the smallest difference is looked for; its cost grows with the square. A
 * count and not a time, so that equal texts always give equal hunks.
 */
const maxEditLength = 400;

/** Where two lists of lines differ, in order; neighbours are at least one equal line apart. */
export function diffLines(base: readonly string[], live: readonly string[]): LineRange[] {
  const ranges = diffWithin(base, live, {
    baseStart: 0,
    baseEnd: base.length,
    liveStart: 0,
    liveEnd: live.length,
  });
  return joinTouching(ranges);
}

/**
 * Cuts what is equal at both ends, then takes the smallest difference. Where that is too costly, lines that are
 * unique on both sides (as in patience diff) cut the range into parts; a part without such lines is one change.
 */
function diffWithin(
  base: readonly string[],
  live: readonly string[],
  whole: LineRange,
): LineRange[] {
  const range = trimEqual(base, live, whole);
  const { baseStart, baseEnd, liveStart, liveEnd } = range;
  if (baseStart === baseEnd && liveStart === liveEnd) return [];
  if (baseStart === baseEnd || liveStart === liveEnd) return [range];
  return smallest(base, live, range) ?? splitAtAnchors(base, live, range);
}

function trimEqual(base: readonly string[], live: readonly string[], whole: LineRange): LineRange {
  let { baseStart, baseEnd, liveStart, liveEnd } = whole;
  while (baseStart < baseEnd && liveStart < liveEnd && base[baseStart] === live[liveStart]) {
    baseStart += 1;
    liveStart += 1;
  }
  while (baseStart < baseEnd && liveStart < liveEnd && base[baseEnd - 1] === live[liveEnd - 1]) {
    baseEnd -= 1;
    liveEnd -= 1;
  }
  return { baseStart, baseEnd, liveStart, liveEnd };
}

function smallest(
  base: readonly string[],
  live: readonly string[],
  range: LineRange,
): LineRange[] | undefined {
  const changes = diffArrays(
    base.slice(range.baseStart, range.baseEnd),
    live.slice(range.liveStart, range.liveEnd),
    { maxEditLength },
  );
  if (!changes) return undefined;
  const ranges: LineRange[] = [];
  let baseLine = range.baseStart;
  let liveLine = range.liveStart;
  for (const change of changes) {
    const baseEnd = change.added ? baseLine : baseLine + change.count;
    const liveEnd = change.removed ? liveLine : liveLine + change.count;
    if (change.added || change.removed) {
      ranges.push({ baseStart: baseLine, baseEnd, liveStart: liveLine, liveEnd });
    }
    baseLine = baseEnd;
    liveLine = liveEnd;
  }
  return ranges;
}

function splitAtAnchors(
  base: readonly string[],
  live: readonly string[],
  range: LineRange,
): LineRange[] {
  const anchors = findAnchors(base, live, range);
  if (anchors.length === 0) return [range];
  const ranges: LineRange[] = [];
  let { baseStart, liveStart } = range;
  for (const anchor of [...anchors, { base: range.baseEnd, live: range.liveEnd }]) {
    const part = { baseStart, baseEnd: anchor.base, liveStart, liveEnd: anchor.live };
    ranges.push(...diffWithin(base, live, part));
    baseStart = anchor.base;
    liveStart = anchor.live;
    // The anchor itself is equal on both sides; stepping over it makes every part smaller than the whole.
    if (baseStart < range.baseEnd) baseStart += 1;
    if (liveStart < range.liveEnd) liveStart += 1;
  }
  return ranges;
}

interface Anchor {
  readonly base: number;
  readonly live: number;
}

/** Lines that occur once on each side, the longest run of them that is in order on both. */
function findAnchors(base: readonly string[], live: readonly string[], range: LineRange): Anchor[] {
  const inBase = uniqueLines(base, range.baseStart, range.baseEnd);
  const inLive = uniqueLines(live, range.liveStart, range.liveEnd);
  const pairs: Anchor[] = [];
  for (const [line, at] of inBase) {
    const other = inLive.get(line);
    if (other !== undefined && at >= 0 && other >= 0) pairs.push({ base: at, live: other });
  }
  return longestRising(pairs);
}

/** Line to its index; -1 where it occurs more than once. In order of first occurrence. */
function uniqueLines(lines: readonly string[], start: number, end: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let index = start; index < end; index += 1) {
    const line = lines[index] as string;
    found.set(line, found.has(line) ? -1 : index);
  }
  return found;
}

/** The longest subsequence whose `live` rises; `pairs` is sorted by `base`. Patience sorting. */
function longestRising(pairs: readonly Anchor[]): Anchor[] {
  const tops: number[] = [];
  const previous: number[] = [];
  const liveOf = (index: number | undefined) => pairs[index ?? -1]?.live ?? -1;
  pairs.forEach((pair, index) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (liveOf(tops[middle]) < pair.live) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tops[low - 1] as number) : -1;
    tops[low] = index;
  });
  const rising: Anchor[] = [];
  for (let index = tops[tops.length - 1] ?? -1; index >= 0; index = previous[index] ?? -1) {
    rising.push(pairs[index] as Anchor);
  }
  return rising.reverse();
}

function joinTouching(ranges: readonly LineRange[]): LineRange[] {
  const joined: LineRange[] = [];
  for (const range of ranges) {
    const last = joined[joined.length - 1];
    if (last && last.baseEnd === range.baseStart && last.liveEnd === range.liveStart) {
      joined[joined.length - 1] = { ...last, baseEnd: range.baseEnd, liveEnd: range.liveEnd };
    } else joined.push(range);
  }
  return joined;
}
