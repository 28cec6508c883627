import * as vscode from 'vscode';
import { RequestError } from '../requestError';
import { activeFolder, pathInFolder } from '../workspaceFolder';
import type { Command } from './command';

/** Attaches files: those chosen in the explorer, or the active editor's. */
export const addFileToThread: Command = {
  id: 'tandem.addFileToThread',
  async run({ shown, view }, clicked, selected) {
    await shown.restore();
    const folder = shown.current?.cwd ?? activeFolder()?.uri.fsPath;
    const uris = chosenFiles(clicked, selected);
    if (folder === undefined || uris.length === 0) {
      throw new RequestError('invalid', vscode.l10n.t('Choose a file of the open folder first.'));
    }
    const attachments = uris.map((uri) => ({
      kind: 'file' as const,
      path: pathInFolder(folder, uri),
    }));
    await view.reveal();
    view.tell('composer/attached', { attachments });
    view.tell('composer/focused', {});
  },
};

function chosenFiles(clicked: unknown, selected: unknown): readonly vscode.Uri[] {
  const many = Array.isArray(selected) ? selected.filter((item) => item instanceof vscode.Uri) : [];
  if (many.length > 0) return many;
  if (clicked instanceof vscode.Uri) return [clicked];
  const active = vscode.window.activeTextEditor?.document.uri;
  return active ? [active] : [];
}
