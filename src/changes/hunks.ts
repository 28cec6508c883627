import { runAtOnce, type Steps } from '../base/slices';
import { maxHunkPreviewLines, maxInlineHunks, type Hunk } from '../protocol/changes';
import { cellRangeSteps, type CellRange } from './cellRanges';
import { diffSteps } from './lineDiff';
import type { LineRange } from './lineRange';
import { isNotebook, type Lines } from './notebookText';
import { byteOrderMark, lineText, splitLines } from './textFile';

/** How a live text differs from its baseline. */
export interface TextChange {
  /** In order; at most `maxInlineHunks`. */
  readonly hunks: readonly Hunk[];
  /** True where more places differ than that, so that each hunk stands for several. */
  readonly coarse: boolean;
  /** Numbers of lines. */
  readonly added: number;
  readonly removed: number;
}

/** Characters hashed between two yields; about a millisecond. */
const stride = 200_000;

/**
 * The contiguous parts in which a live text differs from its baseline, with the counts of changed lines. A notebook is
 * compared cell by cell.
 */
export function deriveChange(baseline: string, live: string, path = ''): TextChange {
  return runAtOnce(deriveSteps(baseline, live, path));
}

/** The same as `deriveChange` in steps of a millisecond or so. */
export function* deriveSteps(baseline: string, live: string, path: string): Steps<TextChange> {
  const [base, now] = [splitLines(baseline), splitLines(live)];
  const cells = isNotebook(path) ? yield* cellRangeSteps(baseline, live) : undefined;
  if (cells) {
    const sum = (side: 'added' | 'removed') =>
      cells.reduce((total, { cell }) => total + cell[side], 0);
    const hunks = yield* hunksOf(base, now, cells);
    return { hunks, coarse: false, added: sum('added'), removed: sum('removed') };
  }
  const ranges = yield* diffSteps(base, now);
  let added = 0;
  let removed = 0;
  for (const range of ranges) {
    added += range.liveEnd - range.liveStart;
    removed += range.baseEnd - range.baseStart;
  }
  const hunks = yield* hunksOf(base, now, joinNeighbours(ranges));
  return { hunks, coarse: ranges.length > maxInlineHunks, added, removed };
}

function* hunksOf(
  base: readonly string[],
  now: readonly string[],
  ranges: readonly (LineRange & Partial<CellRange>)[],
): Steps<Hunk[]> {
  const seen = new Map<string, number>();
  const hunks: Hunk[] = [];
  let hashed = 0;
  for (const range of ranges) {
    const { cell, hidden } = range;
    const hash = new LineHash();
    const sides = [
      base.slice(range.baseStart, range.baseEnd),
      now.slice(range.liveStart, range.liveEnd),
      // The equal lines around keep two places with the same change apart; cells may stand side by side.
      cell
        ? [cell.id ?? '', cell.kind]
        : [base[range.baseStart - 1] ?? '', base[range.baseEnd] ?? ''],
    ] as const;
    for (const lines of sides) {
      for (const line of lines) {
        hash.add(line);
        hashed += line.length;
        if (hashed > stride) {
          hashed = 0;
          yield;
        }
      }
      hash.endPart();
    }
    const id = hash.text();
    const before = seen.get(id) ?? 0;
    seen.set(id, before + 1);
    hunks.push({
      id: before === 0 ? id : `${id}-${before + 1}`,
      baseStart: range.baseStart,
      baseCount: sides[0].length,
      liveStart: range.liveStart,
      liveCount: sides[1].length,
      removed: preview(sides[0], range.baseStart, hidden?.base),
      added: preview(sides[1], range.liveStart, hidden?.live),
      ...(cell && { cell }),
    });
  }
  return hunks;
}

function joinNeighbours(ranges: readonly LineRange[]): readonly LineRange[] {
  // Nobody settles thousands one by one.
  const size = Math.ceil(ranges.length / maxInlineHunks);
  if (size <= 1) return ranges;
  const joined: LineRange[] = [];
  for (let start = 0; start < ranges.length; start += size) {
    const first = ranges[start] as LineRange;
    const last = ranges[Math.min(start + size, ranges.length) - 1] as LineRange;
    joined.push({ ...first, baseEnd: last.baseEnd, liveEnd: last.liveEnd });
  }
  return joined;
}

/** @param first the number of the first of these lines. @param hidden numbers of lines that are left out. */
function preview(lines: readonly string[], first: number, hidden: Lines | undefined): string[] {
  const isShown = (_line: string, index: number) =>
    first + index < (hidden?.start ?? Infinity) || first + index >= (hidden?.end ?? 0);
  return (hidden ? lines.filter(isShown) : lines)
    .slice(0, maxHunkPreviewLines)
    .map((line) => lineText(line.startsWith(byteOrderMark) ? line.slice(1) : line));
}

/** No characters: what ends a line and a part stands in no text. */
const lineEndUnit = 0x10000;
const partEndUnit = 0x10001;

const lowFactor = 2654435761;
const highFactor = 1597334677;

/** A hash of 52 bits (cyrb53, public domain): no secret hangs on it, it only has to be stable. */
class LineHash {
  private low = 0xdeadbeef;
  private high = 0x41c6ce57;

  add(line: string): void {
    // In variables: two fields written for each character take several times as long.
    let { low, high } = this;
    for (let index = 0; index <= line.length; index += 1) {
      const unit = index < line.length ? line.charCodeAt(index) : lineEndUnit;
      low = Math.imul(low ^ unit, lowFactor);
      high = Math.imul(high ^ unit, highFactor);
    }
    this.low = low;
    this.high = high;
  }

  endPart(): void {
    this.low = Math.imul(this.low ^ partEndUnit, lowFactor);
    this.high = Math.imul(this.high ^ partEndUnit, highFactor);
  }

  text(): string {
    let { low, high } = this;
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    return (4294967296 * (2097151 & high) + (low >>> 0)).toString(36);
  }
}
