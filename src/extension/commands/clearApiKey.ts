import * as vscode from 'vscode';
import type { Command } from './command';

/** Removes the stored API key; one in the environment stays known. */
export const clearApiKey: Command = {
  id: 'tandem.clearApiKey',
  async run({ credentials }) {
    if (await credentials.clearKey()) {
      void vscode.window.showInformationMessage(vscode.l10n.t('The stored API key was removed.'));
    } else {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'The secret storage did not remove the API key; it is not used any more here.',
        ),
      );
    }
  },
};
