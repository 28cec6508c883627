import { runAtOnce, type Steps } from '../base/slices';
import { internLines, type LineNumbers } from './internLines';
import { findAnchors } from './lineAnchors';
import type { LineRange } from './lineRange';
import { smallestDiff, type Effort } from './smallestDiff';

/**
 * Comparisons one diff may cost; some 50 ms. It is a time box counted in work, so that equal texts always give equal
 * hunks, on whatever machine. What is left when it is used up is shown as changed whole: coarser, never wrong.
 */
const maxEffort = 8_000_000;

/** Up to here lines are compared as they are; beyond it they are numbered first. */
const maxFewEdits = 250;
const fewComparisons = 200_000;

/** Where two lists of lines differ, in order; neighbours are at least one equal line apart. */
export function diffLines(base: readonly string[], live: readonly string[]): LineRange[] {
  return runAtOnce(diffSteps(base, live));
}

/** The same as `diffLines`, in steps of a millisecond or so. */
export function* diffSteps(
  base: readonly string[],
  live: readonly string[],
  effort: Effort = { left: maxEffort },
): Steps<LineRange[]> {
  const whole = { baseStart: 0, baseEnd: base.length, liveStart: 0, liveEnd: live.length };
  const middle = trimEqual(base, live, whole);
  if (isSettled(middle)) return isEmpty(middle) ? [] : [middle];
  const few = yield* fewEdits(base, live, middle, effort);
  return joinTouching(
    few ?? (yield* diffMiddle(yield* internLines(base, live, middle), middle, effort)),
  );
}

/** The smallest difference where it is short, which most are: numbering the lines would cost more than finding it. */
function* fewEdits(
  base: readonly string[],
  live: readonly string[],
  range: LineRange,
  effort: Effort,
): Steps<LineRange[] | undefined> {
  const tried = { left: Math.min(effort.left, fewComparisons) };
  const before = tried.left;
  const found = yield* smallestDiff({ base, live }, range, tried, maxFewEdits);
  if (found) effort.left -= before - tried.left;
  return found;
}

/**
 * Takes the smallest difference of a range. Where that is too costly, lines that are unique on both sides (as in
 * patience diff) cut the range into parts; a part without such lines is one change.
 */
function* diffMiddle(lines: LineNumbers, middle: LineRange, effort: Effort): Steps<LineRange[]> {
  const found: LineRange[] = [];
  // The next part to look at is the last one, so that what is found stays in order.
  const parts = [middle];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const range = trimEqual(lines.base, lines.live, part);
    if (isEmpty(range)) continue;
    const smallest = isSettled(range) ? [range] : yield* smallestDiff(lines, range, effort);
    if (smallest) {
      for (const change of smallest) found.push(change);
      continue;
    }
    yield;
    const anchors = findAnchors(lines, range, effort);
    if (anchors.length === 0) found.push(range);
    else for (const piece of cutAt(range, anchors).reverse()) parts.push(piece);
  }
  return found;
}

/** True where nothing differs. */
export function isEmpty({ baseStart, baseEnd, liveStart, liveEnd }: LineRange): boolean {
  return baseStart === baseEnd && liveStart === liveEnd;
}

/** True where there is nothing to compare: lines on one side only, or one line on each, which differ. */
function isSettled({ baseStart, baseEnd, liveStart, liveEnd }: LineRange): boolean {
  const baseCount = baseEnd - baseStart;
  const liveCount = liveEnd - liveStart;
  return baseCount === 0 || liveCount === 0 || (baseCount === 1 && liveCount === 1);
}

/** A range without the equal lines at its two ends. */
export function trimEqual<Line>(
  base: ArrayLike<Line>,
  live: ArrayLike<Line>,
  whole: LineRange,
): LineRange {
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

/** The parts between the anchors, which are equal on both sides and belong to none of them. */
function cutAt(
  range: LineRange,
  anchors: readonly { readonly base: number; readonly live: number }[],
): LineRange[] {
  const parts: LineRange[] = [];
  let { baseStart, liveStart } = range;
  for (const { base, live } of anchors) {
    parts.push({ baseStart, baseEnd: base, liveStart, liveEnd: live });
    baseStart = base + 1;
    liveStart = live + 1;
  }
  parts.push({ baseStart, baseEnd: range.baseEnd, liveStart, liveEnd: range.liveEnd });
  return parts;
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
