import * as vscode from 'vscode';
import type { ConnectionFault } from '../adapters/openai/connectionFault';
import { testConnection, type ConnectionReport } from '../adapters/openai/testConnection';
import type { Credentials } from '../ports/credentials';
import type { Host } from './host';
import { showMessage } from './showMessage';
import { whileStoppable } from './whileStoppable';

/** Tries what the next turn would use, with these credentials. Undefined where the signal aborted. */
export async function checkConnection(
  { settings, log }: Pick<Host, 'settings' | 'log'>,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<ConnectionReport | undefined> {
  if (settings.baseUrlIsBroken) {
    const message = vscode.l10n.t('The setting tandem.baseUrl is not an http or https address.');
    return { fault: 'baseUrl', message };
  }
  const [model, wireApi] = [settings.get('model'), settings.get('wireApi')];
  const serviceTier = settings.get('serviceTier');
  const question = { credentials, model, wireApi, ...(serviceTier && { serviceTier }) };
  const report = await testConnection(question, signal);
  if (report) log.info(`Connection test: ${report.fault ?? 'works'}. ${report.message}`);
  return report;
}

/** What helps against a fault: the words of the one button, and what it does. */
interface Remedy {
  readonly title: string;
  readonly run: () => Thenable<unknown>;
}

/** Tells the person how a test went, with the one button that helps; never waits for them. */
export function showReport(host: Pick<Host, 'settings'>, report: ConnectionReport): void {
  if (report.fault === null) {
    void showMessage('information', report.message);
    return;
  }
  const { title, run } = remedyFor(host, report.fault);
  void showMessage('warning', report.message, title).then((chosen) => {
    if (chosen !== undefined) void run();
  });
}

function remedyFor({ settings }: Pick<Host, 'settings'>, fault: ConnectionFault): Remedy {
  const command = (title: string, id: string, ...args: unknown[]): Remedy => ({
    title,
    run: () => vscode.commands.executeCommand(id, ...args),
  });
  switch (fault) {
    case 'missingKey':
    case 'wrongKey':
    case 'forbidden':
      return command(vscode.l10n.t('Set API Key'), 'tandem.setApiKey');
    case 'unknownModel':
      return command(vscode.l10n.t('Select Model'), 'tandem.selectModel');
    case 'baseUrl':
    case 'wrongPath':
    case 'hostNotFound':
    case 'refused':
    case 'certificate': {
      const title = vscode.l10n.t('Open Setting');
      return command(title, 'workbench.action.openSettings', '@id:tandem.baseUrl');
    }
    case 'otherApi': {
      const isChat = settings.get('wireApi') === 'chat';
      const title = isChat
        ? vscode.l10n.t('Use the Responses API')
        : vscode.l10n.t('Use Chat Completions');
      return { title, run: () => settings.update('wireApi', isChat ? 'responses' : 'chat') };
    }
    case 'quota':
    case 'rateLimit':
    case 'server':
    case 'unreachable':
    case 'timeout':
    case 'request':
      return command(vscode.l10n.t('Show Log'), 'tandem.showLog');
  }
}

/** Tries the way to the model while the person can watch and stop it, and says how it went. */
export async function reportConnection(host: Host): Promise<void> {
  const { credentials } = host;
  if ((await credentials.connection()).kind === 'demo') {
    const message = vscode.l10n.t(
      'The demo model answers, which does only the suggested tasks. A key connects a real one.',
    );
    showReport(host, { fault: 'missingKey', message });
    return;
  }
  const report = await whileStoppable(
    vscode.l10n.t('Testing the connection to {0}…', credentials.baseUrl()),
    (signal) => checkConnection(host, credentials, signal),
  );
  if (report) showReport(host, report);
}
