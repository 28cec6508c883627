import * as vscode from 'vscode';
import type { ThreadId } from '../protocol/ids';
import type { ExportFormat } from '../protocol/viewProtocol';
import type { Shown } from './shownThread';

/** Opens a thread as an untitled document, for the person to read, copy or save. @throws JournalError */
export async function openExport(
  shown: Shown,
  threadId: ThreadId,
  format: ExportFormat,
): Promise<void> {
  const content = (await shown.all()).export(threadId, format);
  const language = format === 'markdown' ? 'markdown' : 'jsonl';
  const known = await vscode.languages.getLanguages();
  const document = await vscode.workspace.openTextDocument({
    content,
    language: known.includes(language) ? language : 'plaintext',
  });
  await vscode.window.showTextDocument(document);
}
