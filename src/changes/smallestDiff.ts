import type { Steps } from '../base/slices';
import type { LineRange } from './lineRange';

/** What a diff may still cost, in comparisons; used up as it goes on. */
export interface Effort {
  left: number;
}

/** Two texts as lines, or as a number for each line. */
export interface LinePair<Line> {
  readonly base: ArrayLike<Line>;
  readonly live: ArrayLike<Line>;
}

/** Added plus removed lines up to which the smallest difference is looked for; its cost grows with the square. */
const mostEdits = 400;

/** Comparisons between two yields; about a millisecond. */
const stride = 100_000;

/**
 * The fewest added and removed lines that make the base side of a range into its live side, after Myers ("An O(ND)
 * difference algorithm", 1986). Undefined where they are too many, or the effort is used up.
 */
export function* smallestDiff<Line extends string | number>(
  { base, live }: LinePair<Line>,
  range: LineRange,
  effort: Effort,
  maxEdits = mostEdits,
): Steps<LineRange[] | undefined> {
  const { baseStart, liveStart } = range;
  const baseCount = range.baseEnd - baseStart;
  const liveCount = range.liveEnd - liveStart;
  if (Math.abs(baseCount - liveCount) > maxEdits) return undefined;
  const most = Math.min(maxEdits, baseCount + liveCount);
  // By diagonal (base minus live lines): how many base lines the furthest path has passed.
  const furthest = new Int32Array(2 * most + 3).fill(-1);
  const middle = most + 1;
  furthest[middle + 1] = 0;
  const rounds: Int32Array[] = [];
  let untilYield = stride;
  for (let length = 0; length <= most; length += 1) {
    let cost = length;
    for (let diagonal = -length; diagonal <= length; diagonal += 2) {
      const added = furthest[middle + diagonal + 1] as number;
      const removed = furthest[middle + diagonal - 1] as number;
      const isAdded = diagonal === -length || (diagonal !== length && removed < added);
      const from = isAdded ? added : removed + 1;
      let at = from;
      while (
        at < baseCount &&
        at - diagonal < liveCount &&
        base[baseStart + at] === live[liveStart + at - diagonal]
      ) {
        at += 1;
      }
      cost += at - from;
      // A path that left the texts goes no further, and none may follow it.
      furthest[middle + diagonal] = at;
      if (at >= baseCount && at - diagonal >= liveCount) {
        effort.left -= cost;
        return trace(rounds, range, diagonal, length);
      }
    }
    rounds.push(furthest.slice(middle - length, middle + length + 1));
    effort.left -= cost;
    untilYield -= cost;
    if (effort.left <= 0) return undefined;
    if (untilYield <= 0) {
      untilYield = stride;
      yield;
    }
  }
  return undefined;
}

/** Walks from the end back to the start; `rounds[length]` are the furthest paths with that many edits. */
function trace(
  rounds: readonly Int32Array[],
  { baseStart, liveStart }: LineRange,
  lastDiagonal: number,
  edits: number,
): LineRange[] {
  const ranges: LineRange[] = [];
  let diagonal = lastDiagonal;
  for (let length = edits; length > 0; length -= 1) {
    const before = rounds[length - 1] as Int32Array;
    const furthest = (other: number) => before[other + length - 1] ?? -1;
    const added = furthest(diagonal + 1);
    const removed = furthest(diagonal - 1);
    const isAdded = diagonal === -length || (diagonal !== length && removed < added);
    diagonal += isAdded ? 1 : -1;
    const at = isAdded ? added : removed;
    const base = baseStart + at;
    const live = liveStart + at - diagonal;
    ranges.push({
      baseStart: base,
      baseEnd: isAdded ? base : base + 1,
      liveStart: live,
      liveEnd: isAdded ? live + 1 : live,
    });
  }
  return ranges.reverse();
}
