import * as vscode from 'vscode';
import { showMessage } from '../showMessage';
import type { Command } from './command';

/** Removes the stored API key; one in the environment stays known, and is said to. */
export const clearApiKey: Command = {
  id: 'tandem.clearApiKey',
  async run({ credentials }) {
    if (!(await credentials.hasStoredKey())) {
      void showMessage('information', vscode.l10n.t('No API key is stored.'));
      return;
    }
    if (!(await credentials.clearKey())) {
      void showMessage(
        'warning',
        vscode.l10n.t(
          'The secret storage did not remove the API key; it is not used any more here.',
        ),
      );
      return;
    }
    const { kind } = await credentials.connection();
    const hasOther = kind === 'api' && (await credentials.apiKey()) !== undefined;
    void showMessage(
      'information',
      hasOther
        ? vscode.l10n.t('The stored API key was removed. The one in OPENAI_API_KEY is used now.')
        : vscode.l10n.t('The stored API key was removed.'),
    );
  },
};
