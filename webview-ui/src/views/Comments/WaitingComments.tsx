import * as l10n from '@vscode/l10n';
import { useMemo, useState, type ReactElement } from 'react';
import { waitingComments, type CodeComment } from '../../../../src/protocol/comments';
import { runningTurn } from '../../../../src/protocol/threadState';
import { Button } from '../../components/controls';
import { useAct, useModel } from '../../viewContext';
import { WaitingComment } from './WaitingComment';

const none: readonly CodeComment[] = [];

/** Comments on code that the agent has not been told yet; they go with the next message, or alone. */
export function WaitingComments(): ReactElement | null {
  const act = useAct();
  const comments = useModel(({ thread }) => thread?.comments ?? none);
  const running = useModel(({ thread }) => thread !== null && runningTurn(thread) !== undefined);
  const waiting = useMemo(() => waitingComments(comments), [comments]);
  const [edited, setEdited] = useState<{ readonly id: string; readonly text: string } | null>(null);

  if (waiting.length === 0) return null;
  return (
    <section className="dock queue comments" role="region" aria-label={l10n.t('Comments')}>
      <div className="dock-line">
        <strong>{l10n.t('Comments')}</strong>
        <span className="aside">{waiting.length}</span>
        {!running && (
          <Button look="link" onPress={() => act('comments/send', {})}>
            {l10n.t('Send comments')}
          </Button>
        )}
      </div>
      <p className="queue-hint">
        {running
          ? l10n.t('The agent reads them at its next step.')
          : l10n.t('They go with your next message.')}
      </p>
      <ol className="queue-list">
        {waiting.map((comment) => (
          <WaitingComment
            key={comment.id}
            comment={comment}
            editedText={edited?.id === comment.id ? edited.text : null}
            onEdit={(text) => setEdited(text === null ? null : { id: comment.id, text })}
            onSave={(text) => {
              act('comment/edit', { id: comment.id, text });
              setEdited(null);
            }}
            onRemove={() => act('comment/remove', { id: comment.id })}
          />
        ))}
      </ol>
    </section>
  );
}
