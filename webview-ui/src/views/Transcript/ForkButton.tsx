import * as l10n from '@vscode/l10n';
import { useContext, type ReactElement } from 'react';
import type { ItemId } from '../../../../src/protocol/ids';
import { Button } from '../../components/controls';
import { focusComposer } from '../../focusComposer';
import { useModel, useView } from '../../viewContext';
import { TurnOpening } from './turnOpening';

/** Under the message that opened a turn: says it differently in a copy of the thread as it was before. */
export function ForkButton({ itemId }: { readonly itemId: ItemId }): ReactElement | null {
  const opening = useContext(TurnOpening);
  const threadId = useModel(({ thread }) => thread?.threadId);
  const { connection, drafts, threads } = useView();
  if (opening?.message?.id !== itemId || threadId === undefined) return null;
  const { turnId } = opening;

  async function fork(): Promise<void> {
    if (threadId === undefined) return;
    try {
      const { input } = await connection.request('thread/fork', { threadId, turnId });
      const { text, attachments } = drafts.get();
      // What the person had begun to write stays behind it.
      drafts.replace({
        text: [input?.text, text].filter(Boolean).join('\n\n'),
        attachments: [...(input?.attachments ?? []), ...attachments],
      });
      threads.report(null);
      focusComposer();
    } catch (error) {
      threads.reportError(error);
    }
  }

  return (
    <Button look="link" icon="repo-forked" onPress={() => void fork()}>
      {l10n.t('Edit and fork')}
    </Button>
  );
}
