import { maxHunkPreviewLines, type Hunk } from '../protocol/changes';
import { diffLines, type LineRange } from './lineDiff';
import { byteOrderMark, lineText, splitLines } from './textFile';

/** Hunks of one file at most. Nobody settles thousands one by one: beyond that, neighbours become one hunk. */
export const maxHunks = 500;

/** How a live text differs from its baseline. */
export interface TextChange {
  /** In order. */
  readonly hunks: readonly Hunk[];
  /** Numbers of lines. */
  readonly added: number;
  readonly removed: number;
}

/** The contiguous parts in which a live text differs from its baseline, with the counts of changed lines. */
export function deriveChange(baseline: string, live: string): TextChange {
  const base = splitLines(baseline);
  const now = splitLines(live);
  const ranges = diffLines(base, now);
  const seen = new Map<string, number>();
  const hunks = joinNeighbours(ranges).map((range) => {
    const removed = base.slice(range.baseStart, range.baseEnd);
    const added = now.slice(range.liveStart, range.liveEnd);
    // The equal lines around keep two places with the same change apart.
    const around = [base[range.baseStart - 1] ?? '', base[range.baseEnd] ?? ''];
    const id = hashLines([removed, added, around]);
    const before = seen.get(id) ?? 0;
    seen.set(id, before + 1);
    return {
      id: before === 0 ? id : `${id}-${before + 1}`,
      baseStart: range.baseStart,
      baseCount: removed.length,
      liveStart: range.liveStart,
      liveCount: added.length,
      removed: preview(removed),
      added: preview(added),
    };
  });
  return {
    hunks,
    added: ranges.reduce((sum, range) => sum + range.liveEnd - range.liveStart, 0),
    removed: ranges.reduce((sum, range) => sum + range.baseEnd - range.baseStart, 0),
  };
}

function joinNeighbours(ranges: readonly LineRange[]): readonly LineRange[] {
  const size = Math.ceil(ranges.length / maxHunks);
  if (size <= 1) return ranges;
  const joined: LineRange[] = [];
  for (let start = 0; start < ranges.length; start += size) {
    const first = ranges[start] as LineRange;
    const last = ranges[Math.min(start + size, ranges.length) - 1] as LineRange;
    joined.push({ ...first, baseEnd: last.baseEnd, liveEnd: last.liveEnd });
  }
  return joined;
}

function preview(lines: readonly string[]): string[] {
  return lines
    .slice(0, maxHunkPreviewLines)
    .map((line) => lineText(line.startsWith(byteOrderMark) ? line.slice(1) : line));
}

/** A hash of 52 bits (cyrb53, public domain): no secret hangs on it, it only has to be stable. */
function hashLines(parts: readonly (readonly string[])[]): string {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  const mix = (unit: number) => {
    low = Math.imul(low ^ unit, 2654435761);
    high = Math.imul(high ^ unit, 1597334677);
  };
  for (const lines of parts) {
    for (const line of lines) {
      for (let index = 0; index < line.length; index += 1) mix(line.charCodeAt(index));
      mix(0x10000);
    }
    mix(0x10001);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return (4294967296 * (2097151 & high) + (low >>> 0)).toString(36);
}
