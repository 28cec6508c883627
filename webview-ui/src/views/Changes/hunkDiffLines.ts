import * as l10n from '@vscode/l10n';
import { diffWordsWithSpace } from 'diff';
import type { HunkPreview } from '../../../../src/protocol/changePreview';
import type { Hunk } from '../../../../src/protocol/changes';
import { revealInvisible } from '../../../../src/protocol/visibleText';
import type {
  CodeLine,
  CodeScope,
  CodeToken,
  HighlightLines,
} from '../../components/highlightTokens';
import { formatNumber } from '../../format';
import { highlightHunk, type HunkSides } from './highlightHunk';

/** A piece of a line: `changed` inside a line of which more stayed, `odd` drawn as a label since it cannot be seen. */
export interface DiffPiece {
  readonly text: string;
  readonly changed?: true;
  readonly odd?: true;
  readonly scope?: CodeScope;
}

/** A line of a hunk's diff; a `gap` says what is left out, a `caption` which cell the lines below are of. */
export interface HunkDiffLine {
  readonly kind: 'added' | 'removed' | 'context' | 'gap' | 'caption';
  readonly pieces: readonly DiffPiece[];
  /** Characters of the line. */
  readonly length: number;
}

/** Characters and edits up to which words are compared; beyond, whole lines tell enough. */
const maxCharacters = 20_000;
const maxEdits = 600;

/** Where less than this share of the words stayed, the lines are others and nothing inside them is marked. */
const leastKept = 0.25;

/**
 * A hunk as lines to draw: what changed inside lines is marked, what cannot be seen is made visible, and code has its
 * scopes where it can be read.
 */
export function hunkDiffLines(
  hunk: Hunk,
  preview: HunkPreview | null,
  highlight: HighlightLines | null = null,
): readonly HunkDiffLine[] {
  const sides: HunkSides<string> = {
    before: preview?.before ?? [],
    removed: preview?.removed ?? hunk.removed,
    added: preview?.added ?? hunk.added,
    after: preview?.after ?? [],
  };
  const left = {
    removed: hunk.baseCount - sides.removed.length,
    added: hunk.liveCount - sides.added.length,
  };
  const texts: HunkSides<string> = {
    before: sides.before.map(textOf),
    removed: sides.removed.map(textOf),
    added: sides.added.map(textOf),
    after: sides.after.map(textOf),
  };
  const cut = left.removed > 0 || left.added > 0;
  const tokens = highlight ? highlightHunk(texts, cut, highlight) : nothingRead;
  const endOf = preview ? endLabels(preview) : noEnds;
  const context = (part: 'before' | 'after') =>
    texts[part].map((text, index) => contextLine(text, tokens[part][index]));
  return [
    ...context('before'),
    ...changedLines(sides.removed, sides.added, endOf, left, tokens),
    ...context('after'),
  ];
}

const nothingRead: HunkSides<CodeLine> = { before: [], removed: [], added: [], after: [] };

/** A line that stayed. */
export function contextLine(text: string, tokens: CodeLine | undefined): HunkDiffLine {
  return drawLine('context', [{ text }], '', tokens);
}

/** Lines that went and came, with what changed inside them. `left` counts those that are not here. */
export function changedLines(
  removed: readonly string[],
  added: readonly string[],
  endOf: (line: string) => string,
  left: { readonly removed: number; readonly added: number } = { removed: 0, added: 0 },
  tokens: HunkSides<CodeLine> = nothingRead,
): readonly HunkDiffLine[] {
  const words = compareWords(removed.map(textOf), added.map(textOf));
  const draw = (kind: 'removed' | 'added', lines: readonly string[]) => [
    ...lines.map((line, index) => {
      const pieces = words[kind][index] ?? [{ text: textOf(line) }];
      return drawLine(kind, pieces, endOf(line), tokens[kind][index]);
    }),
    ...(left[kind] > 0 ? [noteLine(leftWords(kind, left[kind]))] : []),
  ];
  return [...draw('removed', removed), ...draw('added', added)];
}

function leftWords(kind: 'removed' | 'added', count: number): string {
  if (kind === 'removed') {
    return count === 1
      ? l10n.t('1 more line removed')
      : l10n.t('{0} more lines removed', formatNumber(count));
  }
  return count === 1
    ? l10n.t('1 more line added')
    : l10n.t('{0} more lines added', formatNumber(count));
}

/** The pieces of each line on both sides; empty where nothing inside the lines is worth a mark. */
function compareWords(
  removed: readonly string[],
  added: readonly string[],
): Readonly<Record<'removed' | 'added', readonly (readonly DiffPiece[])[]>> {
  const nothing = { removed: [], added: [] };
  const [before, after] = [removed.join('\n'), added.join('\n')];
  if (before === '' || after === '' || before.length + after.length > maxCharacters) return nothing;
  const parts = diffWordsWithSpace(before, after, { maxEditLength: maxEdits });
  if (!parts) return nothing;
  const kept = parts.reduce(
    (sum, part) => sum + (part.added || part.removed ? 0 : words(part.value)),
    0,
  );
  if (kept < leastKept * Math.max(words(before), words(after))) {
    const isBlank = ({ value }: { value: string }) => value.trim() === '';
    if (!parts.filter((part) => part.added || part.removed).every(isBlank)) return nothing;
  }
  const side = (own: 'added' | 'removed', other: 'added' | 'removed') =>
    splitPieces(
      parts
        .filter((part) => !part[other])
        .map((part): DiffPiece => ({ text: part.value, ...(part[own] && { changed: true }) })),
    );
  return { removed: side('removed', 'added'), added: side('added', 'removed') };
}

/** Characters of a text that are not blank. */
function words(text: string): number {
  return text.replace(/\s/g, '').length;
}

function splitPieces(pieces: readonly DiffPiece[]): readonly (readonly DiffPiece[])[] {
  const lines: DiffPiece[][] = [[]];
  for (const piece of pieces) {
    piece.text.split('\n').forEach((text, index) => {
      if (index > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...piece, text });
    });
  }
  return lines;
}

function drawLine(
  kind: 'added' | 'removed' | 'context',
  pieces: readonly DiffPiece[],
  end: string,
  tokens: CodeLine = [],
): HunkDiffLine {
  const text = pieces.map((piece) => piece.text).join('');
  const trailing = kind === 'added' ? (/[ \t]+$/.exec(text)?.index ?? text.length) : text.length;
  const drawn: DiffPiece[] = [];
  const split = splitBy(tokens);
  let at = 0;
  for (const piece of pieces) {
    const cut = Math.min(Math.max(trailing - at, 0), piece.text.length);
    const mark = piece.changed ? ({ changed: true } as const) : {};
    drawn.push(...reveal(piece.text.slice(0, cut), mark, split));
    if (cut < piece.text.length)
      drawn.push({ text: showBlanks(piece.text.slice(cut)), changed: true });
    at += piece.text.length;
  }
  if (end !== '') drawn.push({ text: end, odd: true });
  return { kind, pieces: drawn, length: text.length };
}

/** Blanks that are all there is to a change are drawn as marks; other text keeps its blanks. */
function reveal(
  text: string,
  mark: { readonly changed?: true },
  split: SplitTokens,
): readonly DiffPiece[] {
  if (text === '') return [];
  const pieces: DiffPiece[] = [];
  for (const segment of revealInvisible(text)) {
    if (segment.kind === 'text') {
      pieces.push(...split(segment.text).map((token) => ({ ...token, ...mark })));
    } else {
      split(segment.raw);
      pieces.push({ text: segment.label, ...mark, odd: true });
    }
  }
  return mark.changed && text.trim() === '' ? [{ text: showBlanks(text), ...mark }] : pieces;
}

/** Splits the next text of a line by its tokens; what they do not reach has no scope. */
type SplitTokens = (next: string) => readonly CodeToken[];

/** Reads the tokens of a line from its start to its end, as its text comes in pieces. */
function splitBy(tokens: CodeLine): SplitTokens {
  let [index, used] = [0, 0];
  return (next) => {
    const split: CodeToken[] = [];
    let at = 0;
    while (at < next.length) {
      const token = tokens[index];
      const end = token ? at + token.text.length - used : next.length;
      split.push({ text: next.slice(at, end), ...(token?.scope && { scope: token.scope }) });
      if (end <= next.length) [index, used] = [index + 1, 0];
      else used += next.length - at;
      at = end;
    }
    return split;
  };
}

function showBlanks(text: string): string {
  return text.replace(/ /g, '·').replace(/\t/g, '→\t');
}

const endNames: Record<string, string> = {
  '\n': 'LF',
  '\r\n': 'CRLF',
  '\r': 'CR',
};

function endOfLine(line: string): string {
  return /(?:\r\n|\r|\n)$/.exec(line)?.[0] ?? '';
}

function textOf(line: string): string {
  return line.slice(0, line.length - endOfLine(line).length);
}

const noEnds = () => '';

/** Line ends are told where they are not all alike, and a missing one in any case. */
function endLabels({ before, removed, added, after }: HunkPreview): (line: string) => string {
  const ends = new Set([...before, ...removed, ...added, ...after].map(endOfLine));
  ends.delete('');
  return (line) => {
    const end = endOfLine(line);
    if (end === '') return l10n.t('no line end');
    return ends.size > 1 ? (endNames[end] ?? '') : '';
  };
}

/** A line that says something of the diff. */
export function noteLine(text: string): HunkDiffLine {
  return { kind: 'gap', pieces: [{ text }], length: text.length };
}
