import * as vscode from 'vscode';
import { runningTurn } from '../protocol/threadState';
import type { Host } from './host';
import { RequestError } from './requestError';
import { requireReady } from './sendInput';

/**
 * Begins to summarise the history of the shown thread; what comes of it stands in the transcript.
 * @throws RequestError where no thread is shown, nothing was said yet, a turn is running, or no model can be asked.
 */
export async function compactThread(host: Host): Promise<void> {
  await host.shown.restore();
  await requireReady(host);
  const thread = host.shown.current;
  if (!thread || thread.state.turns.length === 0) {
    throw new RequestError('notFound', vscode.l10n.t('There is nothing to summarise yet.'));
  }
  if (runningTurn(thread.state)) {
    throw new RequestError(
      'busy',
      vscode.l10n.t('A turn is running: the history can be summarised after it.'),
    );
  }
  thread.compact(host.settings.turnContext(thread.cwd)).catch((error: unknown) => {
    host.log.error('The history could not be summarised', String(error));
  });
}
