import * as l10n from '@vscode/l10n';
import { useState, type KeyboardEvent, type ReactElement } from 'react';
import { Button, IconButton } from '../../components/controls';
import { splitPath } from '../../format';
import type { RejectedHunk } from '../../rejectedHunk';
import { useAct, useModel, useView } from '../../viewContext';

/** Asks beside everything else why a hunk was rejected just now; nothing waits for an answer. */
export function RejectReason(): ReactElement | null {
  const rejected = useModel((model) => model.rejected);
  const isBack = useModel(
    ({ thread }) =>
      thread?.changes.files.some(
        ({ path, hunks }) =>
          path === rejected?.path && hunks.some(({ id }) => id === rejected.hunkId),
      ) ?? false,
  );
  if (!rejected || isBack) return null;
  return <ReasonField key={`${rejected.path} ${rejected.hunkId}`} rejected={rejected} />;
}

function ReasonField({ rejected }: { readonly rejected: RejectedHunk }): ReactElement {
  const { path, hunkId } = rejected;
  const { threads } = useView();
  const act = useAct();
  const [reason, setReason] = useState('');

  function add(): void {
    if (reason.trim() === '') return;
    act('rejection/explain', { path, hunkId, reason: reason.trim() });
    threads.forgetRejected();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') add();
    else if (event.key === 'Escape') threads.forgetRejected();
    else return;
    event.preventDefault();
  }

  return (
    <div className="dock reject-reason" role="group" aria-label={l10n.t('Rejected in {0}', path)}>
      <span className="muted reject-reason-what" title={path}>
        {l10n.t('Rejected in {0}', splitPath(path).name)}
      </span>
      <input
        className="field"
        type="text"
        aria-label={l10n.t('Why? (sent to the agent)')}
        placeholder={l10n.t('Why? (sent to the agent)')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {reason.trim() !== '' && <Button onPress={add}>{l10n.t('Add reason')}</Button>}
      <IconButton
        icon="close"
        name={l10n.t('No reason')}
        tooltip={l10n.t('Give no reason (Esc)')}
        onPress={threads.forgetRejected}
      />
    </div>
  );
}
