import * as vscode from 'vscode';
import { dropAttachments } from '../drafts/dropAttachments';
import { Mentions } from '../mentions/mentions';
import { RequestError } from '../requestError';
import type { Command } from './command';

/** Attaches files and folders: those chosen in the explorer, or the active editor's. */
export const addFileToThread: Command = {
  id: 'tandem.addFileToThread',
  async run({ shown, settings, view }, clicked, selected) {
    await shown.restore();
    const uris = chosenFiles(clicked, selected);
    if (uris.length === 0) {
      throw new RequestError('invalid', vscode.l10n.t('Choose a file of the open folder first.'));
    }
    const mentions = new Mentions({ settings });
    try {
      const names = uris.map((uri) => uri.toString());
      const attachments = await dropAttachments({ shown, settings, mentions }, names);
      await view.reveal();
      view.tell('composer/attached', { attachments });
      view.tell('composer/focused', {});
    } finally {
      mentions.dispose();
    }
  },
};

function chosenFiles(clicked: unknown, selected: unknown): readonly vscode.Uri[] {
  const many = Array.isArray(selected) ? selected.filter((item) => item instanceof vscode.Uri) : [];
  if (many.length > 0) return many;
  if (clicked instanceof vscode.Uri) return [clicked];
  const active = vscode.window.activeTextEditor?.document.uri;
  return active ? [active] : [];
}
