import type { Steps } from '../base/slices';
import { jsonElements, jsonMembers, type JsonSpan } from './jsonSpans';
import { splitLines } from './textFile';

/** Lines `[start, end)` of a file, from 0. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

/** One cell of a notebook, as its file has it. */
export interface NotebookCell {
  /** From 1. */
  readonly number: number;
  /** `code`, `markdown` or `raw`. */
  readonly kind: string;
  /** Files of older formats have none. */
  readonly id: string | undefined;
  /** What a person wrote, without line ends. */
  readonly source: readonly string[];
  readonly lines: Lines;
  /** Where its outputs stand. */
  readonly outputs: Lines;
  /** The JSON of everything else but the source. */
  readonly rest: string;
}

/** A notebook's file read as cells. */
export interface NotebookText {
  readonly lines: readonly string[];
  readonly cells: readonly NotebookCell[];
  /** Of its code, such as `python`. */
  readonly language: string | undefined;
}

export function isNotebook(path: string): boolean {
  return path.endsWith('.ipynb');
}

/** The cells of a notebook's JSON, however it is laid out; undefined where it is no notebook. */
export function* readNotebookSteps(text: string): Steps<NotebookText | undefined> {
  const lines = splitLines(text);
  try {
    const members = jsonMembers(text, 0);
    const list = members.get('cells');
    if (!list) return undefined;
    yield;
    const linesOf = lineFinder(lines);
    const cells: NotebookCell[] = [];
    for (const span of jsonElements(text, list.start)) {
      cells.push(readCell(text, span, cells.length + 1, linesOf));
      yield;
    }
    return { lines, cells, language: languageIn(text, members.get('metadata')) };
  } catch {
    return undefined;
  }
}

function readCell(
  text: string,
  span: JsonSpan,
  number: number,
  linesOf: (span: JsonSpan) => Lines,
): NotebookCell {
  const members = jsonMembers(text, span.start);
  const value = (key: string) => valueOf(text, members.get(key));
  const outputs = members.get('outputs');
  const [id, kind] = [value('id'), value('cell_type')];
  const others = [...members].filter(([key]) => key !== 'source' && key !== 'outputs');
  const lines = linesOf(span);
  return {
    number,
    kind: typeof kind === 'string' ? kind : 'cell',
    id: typeof id === 'string' ? id : undefined,
    source: sourceLines(value('source')),
    lines,
    outputs: outputs ? linesOf(outputs) : { start: lines.end, end: lines.end },
    rest: others
      .map(([key, at]) => `${key}:${JSON.stringify(valueOf(text, at))}`)
      .sort()
      .join(),
  };
}

/** The format has the source as lines or as one string. */
function sourceLines(source: unknown): readonly string[] {
  const text = Array.isArray(source) ? source.join('') : source;
  return typeof text === 'string' && text !== '' ? text.split('\n') : [];
}

function languageIn(text: string, metadata: JsonSpan | undefined): string | undefined {
  const { language_info: info, kernelspec } = (valueOf(text, metadata) ?? {}) as {
    readonly language_info?: { readonly name?: unknown };
    readonly kernelspec?: { readonly language?: unknown };
  };
  const language = info?.name ?? kernelspec?.language;
  return typeof language === 'string' ? language : undefined;
}

function valueOf(text: string, span: JsonSpan | undefined): unknown {
  return span && JSON.parse(text.slice(span.start, span.end));
}

function lineFinder(lines: readonly string[]): (span: JsonSpan) => Lines {
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
  return ({ start, end }) => ({ start: lineOf(start), end: lineOf(end - 1) + 1 });
}
