import * as vscode from 'vscode';
import { compareWithCheckpoint } from './editors/checkpointTexts';
import type { Host } from './host';
import { RequestError } from './requestError';
import { showMessage } from './showMessage';
import type { ViewHandlers } from './viewBridge';

/** What the requests do that go back to a checkpoint of the shown thread. */
export function createCheckpointHandlers({ shown }: Pick<Host, 'shown'>) {
  const thread = () => {
    if (!shown.current) throw new RequestError('notFound', vscode.l10n.t('No thread is shown.'));
    return shown.current;
  };
  return {
    'checkpoint/preview': ({ checkpoint }) => thread().checkpoints.preview(checkpoint),
    'checkpoint/restore': async ({ checkpoint, scope, takeCheckpoint }) => {
      const input = await thread().checkpoints.restore(checkpoint, { scope, takeCheckpoint });
      return { input: input ?? null };
    },
    'checkpoint/compare': async ({ checkpoint, path }) => {
      const { checkpoints, cwd } = thread();
      // Said here where it is no longer kept, and not in a document.
      await checkpoints.texts(checkpoint, path);
      await compareWithCheckpoint(cwd, checkpoint, path);
      return null;
    },
    'checkpoint/undo': async ({ restoreId }) => {
      const kept = await thread().checkpoints.undo(restoreId);
      if (kept.length > 0) {
        void showMessage(
          'warning',
          vscode.l10n.t('Changed since the restore, so left as they are: {0}', kept.join(', ')),
        );
      }
      return null;
    },
  } satisfies Partial<ViewHandlers>;
}
