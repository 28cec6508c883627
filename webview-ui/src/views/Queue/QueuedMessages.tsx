import * as l10n from '@vscode/l10n';
import { useEffect, useState, type ReactElement } from 'react';
import type { WaitingInput } from '../../../../src/protocol/input';
import { runningTurn, waitingPlan, type ThreadState } from '../../../../src/protocol/threadState';
import { useAct, useModel, useView } from '../../viewContext';
import { QueuedMessage } from './QueuedMessage';

const none: readonly WaitingInput[] = [];

/** What the person said and the agent has not taken yet. */
export function QueuedMessages(): ReactElement | null {
  const { drafts, threads } = useView();
  const act = useAct();
  const waiting = useModel(({ thread }) => thread?.waiting ?? none);
  const threadId = useModel(({ thread }) => thread?.threadId);
  const running = useModel(({ thread }) => thread !== null && runningTurn(thread) !== undefined);
  const hint = useModel(({ thread }) => (thread ? hintFor(thread) : ''));
  const [edited, setEdited] = useState<{ readonly id: string; readonly text: string } | null>(null);

  useEffect(() => {
    if (!edited) return;
    return threads.subscribe(() => {
      const { thread } = threads.get();
      if (thread?.threadId !== threadId || thread?.waiting.some(({ id }) => id === edited.id))
        return;
      setEdited(null);
      // What the person was writing is not lost, unless they have begun something new.
      if (drafts.get().text !== '') return;
      drafts.setText(edited.text);
      threads.report(
        l10n.t('The agent took the message while you edited it; your words are kept below.'),
      );
    });
  }, [edited, threadId, drafts, threads]);

  if (waiting.length === 0) return null;
  return (
    <section className="dock queue" role="region" aria-label={l10n.t('Queued messages')}>
      <div className="dock-line">
        <strong>{l10n.t('Queued messages')}</strong>
        <span className="aside">{waiting.length}</span>
      </div>
      {hint !== '' && <p className="queue-hint">{hint}</p>}
      <ol className="queue-list">
        {waiting.map((message, index) => (
          <QueuedMessage
            key={message.id}
            message={message}
            place={index + 1}
            editedText={edited?.id === message.id ? edited.text : null}
            onEdit={(text) => setEdited(text === null ? null : { id: message.id, text })}
            onSave={(text) => {
              act('waiting/edit', { id: message.id, text });
              setEdited(null);
            }}
            onRemove={() => act('waiting/remove', { id: message.id })}
            {...(running ? {} : { onSend: () => act('waiting/send', { id: message.id }) })}
          />
        ))}
      </ol>
    </section>
  );
}

/** When the messages will go, or why they do not go by themselves. */
function hintFor(thread: ThreadState): string {
  if (runningTurn(thread)) return '';
  if (waitingPlan(thread)) return l10n.t('They wait until you have decided on the plan.');
  return l10n.t('Not sent, because the turn ended early. Send or remove them.');
}
