import { runAtOnce, type Steps } from '../base/slices';
import type { HunkCell } from '../protocol/changes';
import { diffLines, isEmpty, trimEqual } from './lineDiff';
import type { LineRange } from './lineRange';
import {
  readNotebookSteps,
  type Lines,
  type NotebookCell,
  type NotebookText,
} from './notebookText';
import { pairCellsSteps, type CellPair } from './pairCells';

/** Where one cell of a notebook differs, or what stands around the cells. */
export interface CellRange extends LineRange {
  readonly cell: HunkCell;
  /** Lines that no preview shows: outputs, which are pictures and logs. */
  readonly hidden: { readonly base: Lines | undefined; readonly live: Lines | undefined };
}

/**
 * Where two texts of a notebook differ, cell by cell, in order; undefined where one of them is no notebook, or not laid
 * out with each brace of a cell on a line of its own as all tools write it. Whichever of these ranges are accepted or
 * rejected, what comes out is a notebook: each is one cell with one of the commas between cells, or no more than the
 * inside of a cell.
 */
export function* cellRangeSteps(before: string, after: string): Steps<CellRange[] | undefined> {
  const base = yield* readNotebookSteps(before);
  const live = yield* readNotebookSteps(after);
  if (!base || !live || !isLaidOut(base) || !isLaidOut(live)) return undefined;
  const pairs = withAnchor(yield* pairCellsSteps(base.cells, live.cells));
  const anchor = pairs.find((pair) => pair.base && pair.live);
  if (!anchor?.base || !anchor.live) return undefined;
  const units = { base: unitsOf(base, anchor.base), live: unitsOf(live, anchor.live) };
  const ranges: CellRange[] = [];
  const around = (from: Units, to: Units, part: 'head' | 'tail') =>
    trimmed(base.lines, live.lines, from[part], to[part]);
  const { base: baseUnits, live: liveUnits } = units;
  addAround(around(baseUnits, liveUnits, 'head'));
  let [baseAt, liveAt] = [baseUnits.head.end, liveUnits.head.end];
  for (const pair of pairs) {
    yield;
    const own = pair.base ? baseUnits.of(pair.base) : { start: baseAt, end: baseAt };
    const now = pair.live ? liveUnits.of(pair.live) : { start: liveAt, end: liveAt };
    [baseAt, liveAt] = [own.end, now.end];
    const range = trimmed(base.lines, live.lines, own, now);
    if (!range) continue;
    const hidden = { base: pair.base?.outputs, live: pair.live?.outputs };
    ranges.push({ ...range, cell: describe(pair, pairs), hidden });
  }
  addAround(around(baseUnits, liveUnits, 'tail'));
  return ranges;

  function addAround(range: LineRange | undefined): void {
    const cell: HunkCell = { kind: 'notebook', change: 'edited', added: 0, removed: 0 };
    if (range) ranges.push({ ...range, cell, hidden: { base: undefined, live: undefined } });
  }
}

/** The same at once, for short texts. */
export function cellRanges(before: string, after: string): CellRange[] | undefined {
  return runAtOnce(cellRangeSteps(before, after));
}

/** Something of the old cells has to stay for the others to be told by: the first of each side at the least. */
function withAnchor(pairs: readonly CellPair[]): readonly CellPair[] {
  if (pairs.some(({ base, live }) => base && live)) return pairs;
  const base = pairs.find((pair) => pair.base);
  const live = pairs.find((pair) => pair.live);
  if (!base || !live) return pairs;
  const others = pairs.filter((pair) => pair !== base && pair !== live);
  return [{ ...base, ...live }, ...others];
}

/** The lines of a notebook, each in one unit: what stands before the cells, each cell, what stands after them. */
interface Units {
  readonly head: Lines;
  readonly tail: Lines;
  of(cell: NotebookCell): Lines;
}

/**
 * A cell's unit is its inside, and the two lines between it and its neighbour on the side of the anchor, which is the
 * first cell that is on both sides: taking a unit away, or putting one in, leaves one comma between any two cells.
 */
function unitsOf({ lines, cells }: NotebookText, anchor: NotebookCell): Units {
  const inside = ({ lines: { start, end } }: NotebookCell) => ({ start: start + 1, end: end - 1 });
  const [first, last] = [cells[0] ?? anchor, cells.at(-1) ?? anchor];
  return {
    head: { start: 0, end: inside(first).start },
    tail: { start: inside(last).end, end: lines.length },
    of(cell) {
      const { start, end } = inside(cell);
      if (cell.number < anchor.number) return { start, end: end + 2 };
      return { start: cell.number > anchor.number ? start - 2 : start, end };
    },
  };
}

function isLaidOut({ lines, cells }: NotebookText): boolean {
  return (
    cells.length > 0 &&
    cells.every(({ lines: { start, end } }, index) => {
      const next = cells[index + 1];
      const closing = lines[end - 1]?.trim();
      return (
        end - start > 2 &&
        lines[start]?.trim() === '{' &&
        closing === (next ? '},' : '}') &&
        (!next || next.lines.start === end)
      );
    })
  );
}

/** Where two stretches of lines differ; undefined where they do not. */
function trimmed(
  base: readonly string[],
  live: readonly string[],
  own: Lines,
  now: Lines,
): LineRange | undefined {
  const range = trimEqual(base, live, {
    ...{ baseStart: own.start, baseEnd: own.end },
    ...{ liveStart: now.start, liveEnd: now.end },
  });
  return isEmpty(range) ? undefined : range;
}

function describe({ base, live }: CellPair, pairs: readonly CellPair[]): HunkCell {
  const cell = live ?? base;
  const [movedFrom, movedTo] = [
    base ? undefined : findMoved(live, pairs, 'base'),
    live ? undefined : findMoved(base, pairs, 'live'),
  ];
  const ranges = diffLines(base?.source ?? [], live?.source ?? []);
  return {
    kind: cell?.kind ?? 'cell',
    change: base && live ? 'edited' : live ? 'added' : 'removed',
    ...(base && { base: base.number }),
    ...(live && { live: live.number }),
    ...(cell?.id !== undefined && { id: cell.id }),
    ...(movedFrom && { moved: movedFrom.number }),
    ...(movedTo && { moved: movedTo.number }),
    added: ranges.reduce((sum, range) => sum + range.liveEnd - range.liveStart, 0),
    removed: ranges.reduce((sum, range) => sum + range.baseEnd - range.baseStart, 0),
  };
}

/** The cell of the other side that this one was, or became, in another place. */
function findMoved(
  cell: NotebookCell | undefined,
  pairs: readonly CellPair[],
  side: 'base' | 'live',
): NotebookCell | undefined {
  const other = side === 'base' ? 'live' : 'base';
  const candidates = pairs.flatMap((pair) => (pair[other] ? [] : (pair[side] ?? [])));
  return candidates.find((each) =>
    cell?.id === undefined || each.id === undefined
      ? each.kind === cell?.kind && each.source.length > 0 && sameLines(each.source, cell.source)
      : each.id === cell.id,
  );
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
