import * as vscode from 'vscode';
import type { ExportFormat } from '../../protocol/viewProtocol';
import { openExport } from '../openExport';
import type { Command } from './command';
import { pickThread } from './openThread';

/** Opens the shown thread, or one that the person picks, as a document in the format they choose. */
export const exportThread: Command = {
  id: 'tandem.exportThread',
  async run({ shown }) {
    const stored = shown.state !== null && shown.state.seq > 0;
    const id = stored ? shown.current?.id : await pickThread(shown);
    if (id === undefined) return;
    const format = await pickFormat();
    if (format !== undefined) await openExport(shown, id, format);
  },
};

async function pickFormat(): Promise<ExportFormat | undefined> {
  const formats: readonly (vscode.QuickPickItem & { readonly format: ExportFormat })[] = [
    {
      label: vscode.l10n.t('Markdown'),
      description: vscode.l10n.t('for reading'),
      format: 'markdown',
    },
    {
      label: vscode.l10n.t('JSON lines'),
      description: vscode.l10n.t('every event, for programs'),
      format: 'jsonLines',
    },
  ];
  const placeHolder = vscode.l10n.t('Export the thread as');
  return (await vscode.window.showQuickPick(formats, { placeHolder }))?.format;
}
