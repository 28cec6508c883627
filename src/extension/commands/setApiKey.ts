import * as vscode from 'vscode';
import { askForKey } from '../askForKey';
import { checkConnection, showReport } from '../checkConnection';
import type { Command } from './command';

/** Asks for an API key, tries it, and stores it in the secret storage of VS Code. */
export const setApiKey: Command = {
  id: 'tandem.setApiKey',
  async run(host) {
    const { credentials } = host;
    const given = await askForKey(
      vscode.window.createInputBox(),
      credentials.keyBaseUrl,
      (key, signal) => checkConnection(host, credentials.withKey(key), signal),
    );
    if (!given) return;
    const isStored = await credentials.storeKey(given.key);
    if (given.report) showReport(host, given.report);
    if (isStored) return;
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The secret storage did not take the API key. It is used until this window closes, and written nowhere.',
      ),
    );
  },
};
