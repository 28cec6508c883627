import type { LineNumbers } from './internLines';
import type { LineRange } from './lineRange';
import type { Effort } from './smallestDiff';

/** A line that is equal on both sides; indices. */
export interface Anchor {
  readonly base: number;
  readonly live: number;
}

/** Lines that occur once on each side of a range, the longest run of them that is in order on both. */
export function findAnchors(lines: LineNumbers, range: LineRange, effort: Effort): Anchor[] {
  const { baseStart, baseEnd, liveStart, liveEnd } = range;
  effort.left -= baseEnd - baseStart + liveEnd - liveStart;
  if (effort.left <= 0) return [];
  const inBase = uniqueLines(lines.base, baseStart, baseEnd);
  const inLive = uniqueLines(lines.live, liveStart, liveEnd);
  const pairs: Anchor[] = [];
  for (const [line, base] of inBase) {
    const live = inLive.get(line) ?? -1;
    if (base >= 0 && live >= 0) pairs.push({ base, live });
  }
  return longestRising(pairs);
}

/** Line to its index; -1 where it occurs more than once. In order of first occurrence. */
function uniqueLines(lines: Int32Array, start: number, end: number): Map<number, number> {
  const found = new Map<number, number>();
  for (let index = start; index < end; index += 1) {
    const line = lines[index] as number;
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
