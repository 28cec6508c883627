import type { CellPreview, NotebookHunk } from '../../../../src/protocol/changePreview';
import { highlightDiff } from '../../components/highlightDiff';
import type { CodeLine, HighlightLines } from '../../components/highlightTokens';
import { changedLines, contextLine, noteLine, type HunkDiffLine } from './hunkDiffLines';

/** How code, and how text between it, is read. */
export interface NotebookHighlights {
  readonly code: HighlightLines | null;
  readonly markdown: HighlightLines | null;
}

/** The cells of a hunk as lines to draw, each under its caption. */
export function notebookDiffLines(
  { cells }: NotebookHunk,
  highlights: NotebookHighlights,
): readonly HunkDiffLine[] {
  return cells.flatMap((cell): readonly HunkDiffLine[] => [
    { kind: 'caption', pieces: [{ text: cell.caption }], length: cell.caption.length },
    ...cellLines(cell, highlights),
    ...cell.notes.map(noteLine),
  ]);
}

function cellLines(
  { kind, lines }: CellPreview,
  highlights: NotebookHighlights,
): readonly HunkDiffLine[] {
  const tokens = highlightDiff(
    lines,
    kind === 'code' || kind === 'markdown' ? highlights[kind] : null,
  );
  const drawn: HunkDiffLine[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (line?.kind === 'gap') drawn.push(noteLine(line.text));
    else if (line?.kind === 'context') drawn.push(contextLine(line.text, tokens[at]));
    else {
      const [removed, added] = [take('removed'), take('added')];
      const texts = [removed, added].map((side) => side.map(({ text }) => text));
      const [past = [], now = []] = texts;
      drawn.push(
        ...changedLines(past, now, () => '', undefined, {
          ...{ before: [], after: [] },
          removed: removed.map((each) => each.tokens),
          added: added.map((each) => each.tokens),
        }),
      );
      continue;
    }
    at += 1;
  }
  return drawn;

  /** The lines of one kind that follow. */
  function take(own: 'removed' | 'added') {
    const taken: { readonly text: string; readonly tokens: CodeLine }[] = [];
    for (; lines[at]?.kind === own; at += 1) {
      taken.push({ text: lines[at]?.text ?? '', tokens: tokens[at] ?? [] });
    }
    return taken;
  }
}
