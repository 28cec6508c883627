import * as l10n from '@vscode/l10n';
import { runAtOnce } from '../base/slices';
import type { CellLine, CellPreview, NotebookHunk } from '../protocol/changePreview';
import { cellWords, type Hunk, type HunkCell } from '../protocol/changes';
import { diffLines } from './lineDiff';
import {
  readNotebookSteps,
  type Lines,
  type NotebookCell,
  type NotebookText,
} from './notebookText';
import { pairCellsSteps, type CellPair } from './pairCells';

/** Equal lines of a cell shown around those that changed. */
const contextLines = 3;

/** Lines of a cell that are shown, before and after the person asked for all. */
const maxLines = 200;
const maxWholeLines = 5000;

const metadataNote = () => l10n.t('Metadata, ids or execution counts changed');

/** What a hunk of a notebook's JSON means for its cells; undefined where one side is no notebook. */
export function notebookHunk(
  texts: { readonly before: string; readonly after: string },
  hunk: Hunk,
  whole: boolean,
): NotebookHunk | undefined {
  const base = readSide(texts.before);
  const live = readSide(texts.after);
  if (!base || !live) return undefined;
  const { cell } = hunk;
  const pairs = cell
    ? [pairOf(cell, base, live)]
    : runAtOnce(
        pairCellsSteps(
          cellsIn(base, { start: hunk.baseStart, end: hunk.baseStart + hunk.baseCount }),
          cellsIn(live, { start: hunk.liveStart, end: hunk.liveStart + hunk.liveCount }),
        ),
      );
  const previews = pairs.flatMap((pair) => previewCell(pair, base, live, cell, whole) ?? []);
  const language = live.language ?? base.language;
  return {
    cells:
      previews.length > 0
        ? previews
        : [
            {
              caption: l10n.t('Notebook metadata'),
              kind: 'notebook',
              lines: [],
              notes: [metadataNote()],
            },
          ],
    ...(language !== undefined && { language }),
  };
}

/** An absent file has no cells. */
function readSide(text: string): NotebookText | undefined {
  if (text === '') return { lines: [], cells: [], language: undefined };
  return runAtOnce(readNotebookSteps(text));
}

function pairOf({ base, live }: HunkCell, before: NotebookText, after: NotebookText): CellPair {
  const [own, now] = [before.cells[(base ?? 0) - 1], after.cells[(live ?? 0) - 1]];
  return { ...(own && { base: own }), ...(now && { live: now }) };
}

function cellsIn({ cells }: NotebookText, range: Lines): readonly NotebookCell[] {
  return cells.filter(({ lines }) => lines.start < range.end && range.start < lines.end);
}

function previewCell(
  pair: CellPair,
  before: NotebookText,
  after: NotebookText,
  told: HunkCell | undefined,
  whole: boolean,
): CellPreview | undefined {
  const { base, live } = pair;
  const shown = live ?? base;
  if (!shown) return undefined;
  const lines = sourceDiff(base?.source ?? [], live?.source ?? []);
  const outputs = changedOutputs(pair, before, after);
  const isOther = base && live && base.rest !== live.rest;
  if (!told && lines.length === 0 && outputs === 0 && !isOther && base && live) return undefined;
  const change = base && live ? 'edited' : live ? 'added' : 'removed';
  const cell = told ?? {
    ...{ kind: shown.kind, change, added: 0, removed: 0 },
    ...(base && { base: base.number }),
    ...(live && { live: live.number }),
  };
  const most = whole ? maxWholeLines : maxLines;
  const left = lines.length - most;
  const isQuiet = lines.length === 0 && outputs === 0 && base && live;
  return {
    caption: cellWords(cell),
    kind: shown.kind,
    lines: lines.slice(0, most),
    notes: [
      ...(left > 0 ? [left === 1 ? l10n.t('1 more line') : l10n.t('{0} more lines', left)] : []),
      ...(base && live && base.kind !== live.kind
        ? [l10n.t('Was {0}, is {1}', base.kind, live.kind)]
        : []),
      ...(outputs > 0 ? [outputWords(outputs)] : []),
      ...(isQuiet
        ? [isOther ? metadataNote() : l10n.t('Only the layout of the file changed')]
        : []),
    ],
  };
}

function outputWords(count: number): string {
  return count === 1
    ? l10n.t('Outputs: 1 line of JSON changed')
    : l10n.t('Outputs: {0} lines of JSON changed', count);
}

/** Lines of a cell's source that changed, with a few around them. */
function sourceDiff(base: readonly string[], live: readonly string[]): readonly CellLine[] {
  const lines: CellLine[] = [];
  const ranges = diffLines(base, live);
  let shownTo = 0;
  for (const [index, { baseStart, baseEnd, liveStart, liveEnd }] of ranges.entries()) {
    const from = Math.max(shownTo, liveStart - contextLines);
    if (from > shownTo && index > 0) lines.push({ kind: 'gap', text: '⋯' });
    lines.push(...live.slice(from, liveStart).map(lineOf('context')));
    lines.push(...base.slice(baseStart, baseEnd).map(lineOf('removed')));
    lines.push(...live.slice(liveStart, liveEnd).map(lineOf('added')));
    shownTo = Math.min(liveEnd + contextLines, ranges[index + 1]?.liveStart ?? live.length);
    lines.push(...live.slice(liveEnd, shownTo).map(lineOf('context')));
  }
  return lines;
}

function lineOf(kind: CellLine['kind']): (text: string) => CellLine {
  return (text) => ({ kind, text });
}

/** Lines of JSON that differ in what a cell printed. */
function changedOutputs({ base, live }: CellPair, before: NotebookText, after: NotebookText) {
  const outputs = ({ lines }: NotebookText, cell: NotebookCell | undefined) =>
    cell && cell.outputs.end - cell.outputs.start > 0
      ? lines.slice(cell.outputs.start, cell.outputs.end)
      : [];
  const [past, now] = [outputs(before, base), outputs(after, live)];
  // Empty outputs are one line, which is none worth telling.
  if (!base || !live) return Math.max(past.length, now.length) > 1 ? past.length + now.length : 0;
  const ranges = diffLines(past.map(bare), now.map(bare));
  return ranges.reduce(
    (sum, range) => sum + range.baseEnd - range.baseStart + range.liveEnd - range.liveStart,
    0,
  );
}

/** Indents and the comma behind the last line are layout. */
function bare(line: string): string {
  return line.trim().replace(/,$/, '');
}
