import type { Steps } from '../base/slices';
import { diffSteps } from './lineDiff';
import type { NotebookCell } from './notebookText';

/** A cell on both sides, or on one side only. */
export interface CellPair {
  readonly base?: NotebookCell;
  readonly live?: NotebookCell;
}

/** Pairs of cells that are compared in one stretch; beyond, cells are paired in their order. */
const maxComparisons = 10_000;

/** So much more than nothing is it worth that two cells are of one kind. */
const sameKind = 0.01;

/**
 * Which cell of a notebook became which, in the order of both sides: by id, else by source; what is left between those
 * goes with what it shares most lines with. Removed ones stand before added ones.
 */
export function* pairCellsSteps(
  base: readonly NotebookCell[],
  live: readonly NotebookCell[],
): Steps<CellPair[]> {
  const pairs: CellPair[] = [];
  let at = 0;
  const shift = (range: { baseStart: number; liveStart: number }) =>
    range.liveStart - range.baseStart;
  for (const gap of yield* diffSteps(base.map(keyOf), live.map(keyOf))) {
    for (; at < gap.baseStart; at += 1) pairs.push(both(base[at], live[at + shift(gap)]));
    const [gone, come] = [
      base.slice(gap.baseStart, gap.baseEnd),
      live.slice(gap.liveStart, gap.liveEnd),
    ];
    pairs.push(...pairBetween(gone, come));
    at = gap.baseEnd;
    yield;
  }
  const left = live.length - base.length;
  for (; at < base.length; at += 1) pairs.push(both(base[at], live[at + left]));
  return pairs;
}

function both(base: NotebookCell | undefined, live: NotebookCell | undefined): CellPair {
  return { ...(base && { base }), ...(live && { live }) };
}

function keyOf({ id, kind, source }: NotebookCell): string {
  return id === undefined ? `${kind}\n${source.join('\n')}` : `\n${id}`;
}

/** Pairs in order with the most in common; the table holds the best sum from each place on. */
function pairBetween(base: readonly NotebookCell[], live: readonly NotebookCell[]): CellPair[] {
  const [rows, columns] = [base.length, live.length];
  if (rows * columns > maxComparisons) return pairInOrder(base, live);
  const likeness = base.map((cell) => live.map((other) => likenessOf(cell, other)));
  const best = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0));
  const bestAt = (row: number, column: number) => best[row]?.[column] ?? 0;
  const paired = (row: number, column: number) =>
    (likeness[row]?.[column] ?? 0) + bestAt(row + 1, column + 1);
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const most = Math.max(paired(row, column), bestAt(row + 1, column), bestAt(row, column + 1));
      best[row]?.splice(column, 1, most);
    }
  }
  const pairs: CellPair[] = [];
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    const here = bestAt(row, column);
    const isPair = row < rows && column < columns && (likeness[row]?.[column] ?? 0) > 0;
    if (isPair && here === paired(row, column)) pairs.push(both(base[row++], live[column++]));
    else if (row < rows && here === bestAt(row + 1, column))
      pairs.push(both(base[row++], undefined));
    else pairs.push(both(undefined, live[column++]));
  }
  return pairs;
}

function pairInOrder(base: readonly NotebookCell[], live: readonly NotebookCell[]): CellPair[] {
  const count = Math.max(base.length, live.length);
  return Array.from({ length: count }, (_, index) => both(base[index], live[index]));
}

/** The share of lines two cells have in common, from 0 to 1; nothing where they are of different kinds. */
function likenessOf(a: NotebookCell, b: NotebookCell): number {
  if (a.kind !== b.kind) return 0;
  const left = new Map<string, number>();
  for (const line of a.source) left.set(line, (left.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of b.source) {
    const count = left.get(line) ?? 0;
    if (count === 0) continue;
    left.set(line, count - 1);
    common += 1;
  }
  return sameKind + (2 * common) / Math.max(1, a.source.length + b.source.length);
}
