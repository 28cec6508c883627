import * as vscode from 'vscode';
import { checkConnection, showReport } from '../checkConnection';
import type { Command } from './command';

/** Tries the way to the model and says in a sentence what works or what is wrong. */
export const testConnection: Command = {
  id: 'tandem.testConnection',
  async run(host) {
    const { credentials } = host;
    if ((await credentials.connection()).kind === 'demo') {
      const message = vscode.l10n.t(
        'The demo model answers, which does only the suggested tasks. A key connects a real one.',
      );
      showReport(host, { fault: 'missingKey', message });
      return;
    }
    const report = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Testing the connection to {0}…', credentials.baseUrl()),
        cancellable: true,
      },
      async (_progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        return checkConnection(host, credentials, stop.signal);
      },
    );
    if (report) showReport(host, report);
  },
};
