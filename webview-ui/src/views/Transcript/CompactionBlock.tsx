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
          <span className="live-words">Summarising earlier history</span>
        </div>
        {item.summary !== '' && (
          <Disclosure memory={itemMemory(item.id)} summary="The summary so far">
            <Prose text={item.summary} />
          </Disclosure>
        )}
      </div>
    );
  }
  if (item.status !== 'completed') {
    const why = item.status === 'interrupted' ? 'was stopped' : 'did not work';
    return (
      <div className="notice compaction">
        <Icon name="circle-slash" tone="muted" />
        <span>Summarising earlier history {why}: nothing was replaced.</span>
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
  const after = tokensAfter === undefined ? '' : ` → ${formatCompact(tokensAfter)}`;
  return `Summarised earlier history (${formatCompact(tokensBefore)}${after} tokens)`;
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
            Edit summary
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
        aria-label="Summary of earlier history"
        // The person asked for it by pressing Edit summary.
        autoFocus
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
      />
      <div className="card-buttons">
        <Button look="primary" disabled={draft.trim() === ''} onPress={save}>
          Save
        </Button>
        <Button onPress={() => setDraft(null)}>Cancel</Button>
      </div>
    </>
  );
}
