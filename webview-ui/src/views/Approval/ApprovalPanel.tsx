import * as l10n from '@vscode/l10n';
import { useRef, type ReactElement } from 'react';
import { shownWords } from '../../../../src/protocol/approvalAnswer';
import type { Approval, Decision } from '../../../../src/protocol/approvals';
import { Button } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { Phrase } from '../../components/Phrase';
import { VisibleText } from '../../components/VisibleText';
import { joinParts } from '../../format';
import { useFocusAfter } from '../../focusComposer';
import { useAct, useModel } from '../../viewContext';
import { ApprovalBody } from './ApprovalBody';
import { ApprovalSubject } from './ApprovalSubject';
import { useArmed } from './useArmed';

/** The oldest unanswered question, shown in full. */
export function ApprovalPanel(): ReactElement | null {
  const approvals = useModel(({ thread }) => thread?.approvals);
  const [approval] = approvals ?? [];
  if (!approval) return null;
  return (
    <ApprovalCard key={approval.id} approval={approval} others={(approvals?.length ?? 1) - 1} />
  );
}

function ApprovalCard(props: {
  readonly approval: Approval;
  readonly others: number;
}): ReactElement {
  const { approval, others } = props;
  const shown = shownWords(approval);
  const armed = useArmed(shown);
  const card = useRef<HTMLDivElement>(null);
  useFocusAfter(card);
  const act = useAct();
  const answer = (decision: Decision) => () => {
    if (armed) act('approval/resolve', { approvalId: approval.id, decision, shown });
  };
  return (
    <div className="approval" ref={card} role="group" aria-label={l10n.t('Approval needed')}>
      <div className="approval-head">
        <Icon name="warning" tone="warning" />
        <strong>{l10n.t('Approval needed')}</strong>
        {others > 0 && <span className="muted">{l10n.t('{0} more after this', others)}</span>}
        <span className="approval-cwd">
          <Phrase
            text={l10n.t({ message: 'in {0}', comment: 'The folder a command runs in' })}
            parts={[
              <bdi key="cwd">
                <VisibleText kind="askedName" text={approval.cwd} />
              </bdi>,
            ]}
          />
        </span>
      </div>
      <ApprovalBody>
        <ApprovalSubject approval={approval} />
        <p className="approval-reasons">
          {approval.reasons.length > 0 && (
            <>
              <Phrase
                text={l10n.t('Asks because: {0}.')}
                parts={[
                  <VisibleText key="reasons" kind="name" text={joinParts(approval.reasons)} />,
                ]}
              />{' '}
            </>
          )}
          {approval.justification !== undefined && (
            <Phrase
              text={l10n.t('The agent says: “{0}”')}
              parts={[<VisibleText key="words" text={approval.justification} />]}
            />
          )}
        </p>
        {approval.grant !== undefined && (
          <p className="approval-grant">
            <Phrase
              text={l10n.t('For this thread would match: {0}')}
              parts={[
                <code key="grant">
                  <VisibleText text={approval.grant} />
                </code>,
              ]}
            />
          </p>
        )}
      </ApprovalBody>
      <Explanation />
      <div className="approval-buttons">
        <Button disabled={!armed} onPress={answer('deny')}>
          {l10n.t('Deny')}
        </Button>
        {approval.grant !== undefined && (
          <Button disabled={!armed} onPress={answer('approveForThread')}>
            {l10n.t('Approve for this thread')}
          </Button>
        )}
        <Button look="primary" disabled={!armed} onPress={answer('approve')}>
          {l10n.t('Approve')}
        </Button>
      </div>
    </div>
  );
}

/** Tells a newcomer what this is, until they have answered once. */
function Explanation(): ReactElement | null {
  const explains = useModel(({ settings }) => settings?.explainsApprovals);
  const act = useAct();
  if (!explains) return null;
  return (
    <p className="approval-explanation">
      {l10n.t('Nothing happens until you answer, and denying only tells the agent.')}{' '}
      <Button look="link" onPress={() => act('policies/open', {})}>
        {l10n.t('When Tandem asks')}
      </Button>
    </p>
  );
}
