import * as l10n from '@vscode/l10n';
import { Fragment, useEffect, useMemo, useState, type ReactElement } from 'react';
import type { HunkPreview } from '../../../../src/protocol/changePreview';
import type { ChangedFile, Hunk } from '../../../../src/protocol/changes';
import { languageOfFence, languageOfPath } from '../../components/highlightLanguages';
import { scopeClass } from '../../components/highlightTokens';
import { useHighlight } from '../../components/useHighlight';
import { formatNumber, moreLinesWords } from '../../format';
import { useView } from '../../viewContext';
import { hunkDiffLines, type DiffPiece, type HunkDiffLine } from './hunkDiffLines';
import { notebookDiffLines } from './notebookDiffLines';

/** Lines shown before the person asks for the rest. */
const firstLines = 24;
/** Characters of a line shown before the person asks for the rest. */
const firstCharacters = 240;

const signs = { added: '+', removed: '-', context: ' ', gap: ' ' } as const;

/** A hunk with the lines around it, what changed inside its lines, and the colours of its language. */
export function HunkDiff(props: { readonly file: ChangedFile; readonly hunk: Hunk }): ReactElement {
  const { file, hunk } = props;
  const [whole, setWhole] = useState(false);
  const preview = useHunkPreview(file, hunk, whole);
  const notebook = preview?.notebook;
  const code = useHighlight(
    notebook ? languageOfFence(notebook.language ?? '') : languageOfPath(file.path),
  );
  const markdown = useHighlight(notebook ? 'markdown' : null);
  const lines = useMemo(
    () =>
      notebook
        ? notebookDiffLines(notebook, { code, markdown })
        : hunkDiffLines(hunk, preview, code),
    [hunk, preview, notebook, code, markdown],
  );
  const cut = !whole && lines.length > firstLines + 2;
  const shown = cut ? lines.slice(0, firstLines) : lines;
  const left = notebook
    ? lines.length - firstLines
    : hunk.baseCount + hunk.liveCount + (preview?.before.length ?? 0) - firstLines;
  return (
    <div className="diff wrapped">
      <div className="diff-lines" role="group" aria-label={l10n.t('Changed lines')}>
        <div className="diff-table">
          {shown.map((line, index) => (
            <DiffLine key={index} line={line} />
          ))}
        </div>
      </div>
      {cut && (
        <button type="button" className="more" onClick={() => setWhole(true)}>
          {moreLinesWords(left)}
        </button>
      )}
    </div>
  );
}

function DiffLine({ line }: { readonly line: HunkDiffLine }): ReactElement {
  const [whole, setWhole] = useState(false);
  const left = line.length - firstCharacters;
  const cut = !whole && left > 0;
  if (line.kind === 'caption') {
    return <div className="diff-caption">{line.pieces.map(({ text }) => text).join('')}</div>;
  }
  return (
    <div className={`diff-line ${line.kind}`}>
      <span className="diff-sign">{signs[line.kind]}</span>
      <span>
        {(cut ? cutPieces(line.pieces) : line.pieces).map((piece, index) => (
          <Piece key={index} kind={line.kind} piece={piece} />
        ))}
        {cut && (
          <button type="button" className="more-of-line" onClick={() => setWhole(true)}>
            {left === 1
              ? l10n.t('Show 1 more character')
              : l10n.t('Show {0} more characters', formatNumber(left))}
          </button>
        )}
      </span>
    </div>
  );
}

function Piece(props: {
  readonly kind: HunkDiffLine['kind'];
  readonly piece: DiffPiece;
}): ReactElement {
  const { kind, piece } = props;
  const { text, changed, odd, scope } = piece;
  const style = odd ? 'revealed odd' : scope && scopeClass(scope);
  const label = style ? <span className={style}>{text}</span> : text;
  if (!changed) return <Fragment>{label}</Fragment>;
  return kind === 'removed' ? (
    <del className="diff-word">{label}</del>
  ) : (
    <ins className="diff-word">{label}</ins>
  );
}

function cutPieces(pieces: readonly DiffPiece[]): readonly DiffPiece[] {
  const kept: DiffPiece[] = [];
  let room = firstCharacters;
  for (const piece of pieces) {
    if (room <= 0) break;
    kept.push(piece.odd ? piece : { ...piece, text: piece.text.slice(0, room) });
    room -= piece.text.length;
  }
  return kept;
}

/** What the host knows more of a hunk; null until it told, and where it cannot. */
function useHunkPreview(
  { path, live }: ChangedFile,
  { id: hunkId }: Hunk,
  whole: boolean,
): HunkPreview | null {
  const { connection } = useView();
  const [preview, setPreview] = useState<HunkPreview | null>(null);
  useEffect(() => {
    let current = true;
    connection.request('changes/preview', { path, hunkId, ...(whole && { whole }) }).then(
      (found) => current && setPreview(found),
      // The hunk itself tells the changed lines; only their surroundings are missing then.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [connection, path, live, hunkId, whole]);
  return preview;
}
