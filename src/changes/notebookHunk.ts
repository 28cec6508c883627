import type { NotebookHunk } from '../protocol/changePreview';
import type { Hunk } from '../protocol/changes';
import { jsonElements, jsonMembers, type JsonSpan } from './jsonSpans';
import { splitLines } from './textFile';

/** Lines `[start, end)`, from 0. */
interface Lines {
  readonly start: number;
  readonly end: number;
}

interface Cell extends Lines {
  /** From 1. */
  readonly number: number;
  readonly kind: string;
  readonly source?: Lines;
  readonly outputs?: Lines;
}

/** What a hunk of a notebook's JSON means for its cells; undefined where the file is not laid out as notebooks are. */
export function notebookHunk(
  texts: { readonly before: string; readonly after: string },
  { baseStart, baseCount, liveStart, liveCount }: Hunk,
): NotebookHunk | undefined {
  const base = side(texts.before, { start: baseStart, end: baseStart + baseCount });
  const live = side(texts.after, { start: liveStart, end: liveStart + liveCount });
  if (!base || !live) return undefined;
  const outputs = base.outputs + live.outputs;
  const others = base.others + live.others;
  return {
    caption: captionOf(live.cells.length > 0 ? live.cells : base.cells),
    removed: base.source,
    added: live.source,
    notes: [
      ...(outputs > 0 ? [`Outputs: ${outputs} lines of JSON changed`] : []),
      ...(others > 0 && outputs === 0 && base.source.length + live.source.length === 0
        ? ['Metadata, ids or execution counts changed']
        : []),
    ],
  };
}

function side(text: string, range: Lines) {
  const lines = splitLines(text);
  const all = text === '' ? [] : readCells(text, lines);
  if (!all) return undefined;
  const cells = all.filter(({ start, end }) => start < range.end && range.start < end);
  const source: string[] = [];
  let outputs = 0;
  let others = 0;
  for (let at = range.start; at < range.end; at += 1) {
    const cell = cells.find(({ start, end }) => start <= at && at < end);
    if (isIn(cell?.source, at)) source.push(...sourceLines(lines[at] ?? ''));
    else if (isIn(cell?.outputs, at)) outputs += 1;
    else others += 1;
  }
  return { cells, source, outputs, others };
}

function isIn(range: Lines | undefined, line: number): boolean {
  return range !== undefined && range.start <= line && line < range.end;
}

function captionOf(cells: readonly Cell[]): string {
  const [first] = cells;
  const last = cells.at(-1);
  if (!first || !last) return 'Notebook';
  if (first === last) return `Cell ${first.number} (${first.kind})`;
  return `Cells ${first.number} to ${last.number}`;
}

/** The text in one line of a JSON array of strings, or of one string. */
function sourceLines(line: string): readonly string[] {
  const literal = /"(?:[^"\\]|\\.)*"(?=\s*\]?\s*,?\s*$)/.exec(line)?.[0];
  if (literal === undefined || /^\s*"source"\s*:?\s*$/.test(line)) return [];
  try {
    return (JSON.parse(literal) as string).replace(/\n$/, '').split('\n');
  } catch {
    return [];
  }
}

function readCells(text: string, lines: readonly string[]): readonly Cell[] | undefined {
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length;
  }
  const lineOf = (at: number) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low;
  };
  const linesOf = ({ start, end }: JsonSpan) => ({
    start: lineOf(start),
    end: lineOf(end - 1) + 1,
  });
  try {
    const list = jsonMembers(text, 0).get('cells');
    if (!list) return undefined;
    return jsonElements(text, list.start).map((span, index): Cell => {
      const members = jsonMembers(text, span.start);
      const [kind, source, outputs] = ['cell_type', 'source', 'outputs'].map((key) =>
        members.get(key),
      );
      return {
        ...linesOf(span),
        number: index + 1,
        kind: kind ? String(JSON.parse(text.slice(kind.start, kind.end))) : 'cell',
        ...(source && { source: linesOf(source) }),
        ...(outputs && { outputs: linesOf(outputs) }),
      };
    });
  } catch {
    return undefined;
  }
}
