import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { CompactionItem } from '../../../../src/protocol/items';
import { lastCompaction, runningTurn } from '../../../../src/protocol/threadState';
import { Button } from '../../components/controls';
import { Disclosure } from '../../components/Disclosure';
import { Icon } from '../../components/Icon';
import { Prose } from '../../components/Prose';
import { useRemembered } from '../../components/useRemembered';
import { formatCompact } from '../../format';
import { useAct, useModel } from '../../viewContext';
import { itemMemory } from './openWork';

/** One line where earlier history was replaced by a summary; it opens to the summary. */
export function CompactionBlock({ item }: { readonly item: CompactionItem }): ReactElement {
  if (item.status === 'inProgress') {
    return (
      <div className="compaction">
        <div className="live-line">
          <Icon name="loading" tone="accent" />
          <span className="live-words">{l10n.t('Summarising earlier history')}</span>
        </div>
        {item.summary !== '' && (
          <Disclosure memory={itemMemory(item.id)} summary={l10n.t('The summary so far')}>
            <Prose text={item.summary} />
          </Disclosure>
        )}
      </div>
    );
  }
  if (item.status !== 'completed') {
    return (
      <div className="notice compaction">
        <Icon name="circle-slash" tone="muted" />
        <span>
          {item.status === 'interrupted'
            ? l10n.t('Summarising earlier history was stopped: nothing was replaced.')
            : l10n.t('Summarising earlier history did not work: nothing was replaced.')}
        </span>
      </div>
    );
  }
  return (
    <Disclosure className="compaction" memory={itemMemory(item.id)} summary={summaryLine(item)}>
      <Summary item={item} />
    </Disclosure>
  );
}

function summaryLine({ tokensBefore, tokensAfter }: CompactionItem): string {
  const before = formatCompact(tokensBefore);
  return tokensAfter === undefined
    ? l10n.t('Summarised earlier history ({0} tokens)', before)
    : l10n.t('Summarised earlier history ({0} → {1} tokens)', before, formatCompact(tokensAfter));
}

/** The summary; the person can correct the latest one while no turn runs. */
function Summary({ item }: { readonly item: CompactionItem }): ReactElement {
  const act = useAct();
  const [draft, setDraft] = useRemembered<string | null>(`summary ${item.id}`, null);
  const editable = useModel(
    ({ thread, readOnly }) =>
      thread !== null &&
      !readOnly &&
      !runningTurn(thread) &&
      lastCompaction(thread)?.item.id === item.id,
  );
  if (draft === null || !editable) {
    return (
      <>
        <Prose text={item.summary} />
        {editable && (
          <Button look="link" icon="edit" onPress={() => setDraft(item.summary)}>
            {l10n.t('Edit summary')}
          </Button>
        )}
      </>
    );
  }
  const save = () => {
    act('summary/edit', { itemId: item.id, summary: draft.trim() });
    setDraft(null);
  };
  return (
    <>
      <textarea
        className="field summary-editor"
        aria-label={l10n.t('Summary of earlier history')}
        // The person asked for it by pressing Edit summary.
        autoFocus
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
      />
      <div className="card-buttons">
        <Button look="primary" disabled={draft.trim() === ''} onPress={save}>
          {l10n.t('Save')}
        </Button>
        <Button onPress={() => setDraft(null)}>{l10n.t('Cancel')}</Button>
      </div>
    </>
  );
}
