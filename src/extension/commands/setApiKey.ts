import * as vscode from 'vscode';
import type { Command } from './command';

/** Stores an API key in the secret storage of VS Code. */
export const setApiKey: Command = {
  id: 'tandem.setApiKey',
  async run({ credentials }) {
    const key = await vscode.window.showInputBox({
      title: vscode.l10n.t('Set API Key'),
      prompt: vscode.l10n.t(
        'It is kept in the secret storage of VS Code and sent to {0} only.',
        credentials.keyBaseUrl,
      ),
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) =>
        /\s/.test(value.trim()) ? vscode.l10n.t('A key has no spaces in it.') : undefined,
    });
    if (!key?.trim() || (await credentials.storeKey(key.trim()))) return;
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The secret storage did not take the API key. It is used until this window closes, and written nowhere.',
      ),
    );
  },
};
