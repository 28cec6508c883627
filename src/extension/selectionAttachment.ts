import * as vscode from 'vscode';
import type { Attachment } from '../protocol/input';
import { refuseHidden } from './refuseHidden';
import { RequestError } from './requestError';
import type { Settings } from './settings';
import { activeFolder, pathInFolder } from './workspaceFolder';

type SelectionAttachment = Extract<Attachment, { kind: 'selection' }>;

/**
 * The selected lines of the active editor, whole; the cursor's line where nothing is selected.
 * @throws RequestError where there is no editor, its file lies outside the thread's folder, or is hidden from the agent.
 */
export async function selectionAttachment(
  threadFolder: string | undefined,
  settings: Pick<Settings, 'get'>,
): Promise<SelectionAttachment> {
  const editor = vscode.window.activeTextEditor;
  const folder = threadFolder ?? activeFolder()?.uri.fsPath;
  if (!editor || folder === undefined) {
    throw new RequestError('invalid', vscode.l10n.t('Select some lines of a file first.'));
  }
  const { document, selection } = editor;
  const { start, end } = selection;
  // A selection that ends before the first character of a line does not look as if that line belonged to it.
  const lastLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const range = new vscode.Range(start.line, 0, lastLine, document.lineAt(lastLine).text.length);
  const path = pathInFolder(folder, document.uri);
  refuseHidden(settings, folder, path);
  return {
    kind: 'selection',
    path,
    startLine: start.line + 1,
    endLine: lastLine + 1,
    text: document.getText(range),
  };
}
