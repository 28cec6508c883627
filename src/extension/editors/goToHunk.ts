import * as vscode from 'vscode';
import type { Host } from '../host';
import { RequestError } from '../requestError';
import { activeCell, isInCell, lineOfCell, showCell } from './cellHunks';
import { neighbourHunk } from './hunks';

/** Opens the file of the next or previous hunk and puts the cursor on it. @throws RequestError where there is none. */
export async function goToHunk(
  { shown, review }: Pick<Host, 'shown' | 'review'>,
  direction: 'next' | 'previous',
): Promise<void> {
  await shown.restore();
  const cell = activeCell(review);
  const editor = cell ? undefined : vscode.window.activeTextEditor;
  const file = editor && review.fileOf(editor.document.uri);
  const from = cell
    ? { path: cell.file.path, line: lineOfCell(cell) }
    : file && { path: file.path, line: editor.selection.active.line };
  const place = neighbourHunk(review.files, from, direction);
  if (!place) {
    throw new RequestError('notFound', vscode.l10n.t('There are no changes to review.'));
  }
  const position = new vscode.Position(place.line, 0);
  const selection = new vscode.Range(position, position);
  // Within one file the editor at hand is used, which may be one side of a diff.
  if (editor && place.path === from?.path) {
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  } else {
    const target = review.files.find(({ path }) => path === place.path);
    const hunk = target?.hunks.find(({ liveStart }) => liveStart === place.line);
    if (target && hunk && isInCell(target, hunk)) {
      return showCell(review.uriOf(target.path), target, hunk);
    }
    const uri = target ? review.documentOf(target) : review.uriOf(place.path);
    await vscode.window.showTextDocument(uri, { selection });
  }
}
