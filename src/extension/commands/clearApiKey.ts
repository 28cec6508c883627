import * as vscode from 'vscode';
import type { Command } from './command';

/** Removes the stored API key; one in the environment stays known. */
export const clearApiKey: Command = {
  id: 'tandem.clearApiKey',
  async run({ credentials }) {
    await credentials.clearKey();
    void vscode.window.showInformationMessage(vscode.l10n.t('The stored API key was removed.'));
  },
};
