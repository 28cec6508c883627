import * as l10n from '@vscode/l10n';
import { useRef, type ReactElement } from 'react';
import type { ProposedPlanItem } from '../../../../src/protocol/items';
import { waitingPlan } from '../../../../src/protocol/threadState';
import { Button } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { Prose } from '../../components/Prose';
import { useRemembered } from '../../components/useRemembered';
import { useFocusAfter } from '../../focusComposer';
import { useAct, useModel } from '../../viewContext';

/** A plan the agent proposes: the person edits it, approves it, or sends it back. */
export function ProposedPlan({ item }: { readonly item: ProposedPlanItem }): ReactElement {
  const waits = useModel(({ thread }) => thread !== null && waitingPlan(thread)?.id === item.id);
  return (
    <div className="card proposed-plan" role="group" aria-label={l10n.t('Proposed plan')}>
      <div className="card-line">
        <Icon name="checklist" tone="accent" />
        <strong>{l10n.t('Proposed plan')}</strong>
        <span className="aside">{waits ? l10n.t('waits for you') : decisionText(item)}</span>
      </div>
      {waits ? (
        <WaitingPlan item={item} />
      ) : (
        <div className="plan-text">
          <Prose text={item.text} />
        </div>
      )}
    </div>
  );
}

function decisionText({ resolution }: ProposedPlanItem): string {
  if (resolution === undefined) return l10n.t('not decided');
  return resolution === 'approved' ? l10n.t('approved') : l10n.t('sent back');
}

function WaitingPlan({ item }: { readonly item: ProposedPlanItem }): ReactElement {
  const act = useAct();
  const buttons = useRef<HTMLDivElement>(null);
  useFocusAfter(buttons);
  const [doing, setDoing] = useRemembered<'reading' | 'editing' | 'sendingBack'>(
    `plan ${item.id}`,
    'reading',
  );
  const [text, setText] = useRemembered(`plan text ${item.id}`, item.text);
  const [remarks, setRemarks] = useRemembered(`plan remarks ${item.id}`, '');
  const approve = () =>
    act('plan/resolve', { itemId: item.id, decision: { kind: 'approved', text: text.trim() } });
  const sendBack = () =>
    act('plan/resolve', {
      itemId: item.id,
      decision: { kind: 'sentBack', remarks: remarks.trim() },
    });
  return (
    <>
      {doing === 'editing' ? (
        <div className="plan-text">
          <textarea
            className="field plan-editor"
            aria-label={l10n.t('Plan text')}
            // The person asked for it by pressing Edit plan.
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      ) : (
        <div className="plan-text">
          <Prose text={text} />
        </div>
      )}
      {doing === 'sendingBack' && (
        <div className="plan-text">
          <textarea
            className="field"
            aria-label={l10n.t('Remarks on the plan')}
            placeholder={l10n.t('What is to be different?')}
            autoFocus
            rows={2}
            value={remarks}
            onChange={(event) => setRemarks(event.target.value)}
          />
        </div>
      )}
      <div className="card-buttons" ref={buttons}>
        {doing === 'sendingBack' ? (
          <>
            <Button look="primary" disabled={remarks.trim() === ''} onPress={sendBack}>
              {l10n.t('Send back')}
            </Button>
            <Button onPress={() => setDoing('reading')}>{l10n.t('Cancel')}</Button>
          </>
        ) : (
          <>
            <Button look="primary" disabled={text.trim() === ''} onPress={approve}>
              {l10n.t('Approve plan')}
            </Button>
            {doing === 'editing' ? (
              <Button onPress={() => setDoing('reading')}>{l10n.t('Done')}</Button>
            ) : (
              <>
                <Button onPress={() => setDoing('editing')}>{l10n.t('Edit plan')}</Button>
                <Button onPress={() => setDoing('sendingBack')}>{l10n.t('Send back')}</Button>
              </>
            )}
          </>
        )}
      </div>
    </>
  );
}
