import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { runningTurn, type ThreadState } from '../../../../src/protocol/threadState';
import { Button } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { filesWords } from '../../format';
import { useAct, useModel } from '../../viewContext';
import { scopeWords } from './checkpointWords';

/** What the last restore did, until the next turn begins, and the way back. */
export function RestoredLine(): ReactElement | null {
  const restore = useModel(({ thread }) => thread && latestRestore(thread));
  const act = useAct();
  if (!restore) return null;
  const { id, scope, files, kept } = restore;
  const changed = files.filter(({ before, after }) => before !== after).length;
  const details = [
    ...(scope === 'conversation' ? [] : [filesWords(changed)]),
    ...(kept.length > 0 ? [l10n.t('left as they are: {0}', kept.join(', '))] : []),
  ];
  return (
    <section className="restore-result" role="region" aria-label={l10n.t('Restored')}>
      <Icon name="discard" tone="muted" />
      <span className="restore-result-words" role="status">
        {[scopeWords(scope), ...details].join(' · ')}
      </span>
      <Button look="link" onPress={() => act('checkpoint/undo', { restoreId: id })}>
        {l10n.t('Undo restore')}
      </Button>
    </section>
  );
}

function latestRestore(thread: ThreadState) {
  const restore = thread.restores.at(-1);
  const turn = thread.turns.at(-1);
  if (!restore || runningTurn(thread) || (turn && turn.startedAt > restore.at)) return null;
  return restore;
}
