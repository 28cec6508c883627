import * as vscode from 'vscode';
import { pickText } from '../pickText';
import { activeFolder } from '../workspaceFolder';
import type { Command } from './command';

/** Lets the person pick a thread of the open folder, or opens the one whose id is given. */
export const openThread: Command = {
  id: 'tandem.openThread',
  async run({ shown, view }, threadId) {
    const id = typeof threadId === 'string' ? threadId : await pickThread(shown);
    if (id === undefined) return;
    await shown.open(id);
    await view.reveal();
  },
};

/** Lets the person pick a thread of the open folder. */
export async function pickThread(
  shown: Parameters<Command['run']>[0]['shown'],
): Promise<string | undefined> {
  const all = await shown.list(activeFolder()?.uri.fsPath);
  const threads = all.filter(({ archived }) => !archived);
  const items = threads.map(({ id, title, updatedAt, running }) => ({
    id,
    label: pickText(title) || vscode.l10n.t('Untitled'),
    description: running
      ? vscode.l10n.t('running')
      : new Date(updatedAt).toLocaleString(vscode.env.language),
  }));
  const placeHolder =
    items.length > 0
      ? vscode.l10n.t('Open a thread')
      : vscode.l10n.t('There are no threads in this folder yet');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.id;
}
