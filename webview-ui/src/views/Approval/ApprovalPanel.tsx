import type { ReactElement } from 'react';
import { shownWords } from '../../../../src/protocol/approvalAnswer';
import type { Approval, Decision } from '../../../../src/protocol/approvals';
import { Button } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { VisibleText } from '../../components/VisibleText';
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
  const act = useAct();
  const answer = (decision: Decision) => () => {
    if (armed) act('approval/resolve', { approvalId: approval.id, decision, shown });
  };
  return (
    <div className="approval" role="group" aria-label="Approval needed">
      <div className="approval-head">
        <Icon name="warning" tone="warning" />
        <strong>Approval needed</strong>
        {others > 0 && <span className="muted">{others} more after this</span>}
        <span className="approval-cwd">
          in{' '}
          <bdi>
            <VisibleText kind="askedName" text={approval.cwd} />
          </bdi>
        </span>
      </div>
      <ApprovalBody>
        <ApprovalSubject approval={approval} />
        <p className="approval-reasons">
          {approval.reasons.length > 0 && (
            <>
              Asks because: <VisibleText kind="name" text={approval.reasons.join(', ')} />.{' '}
            </>
          )}
          {approval.justification !== undefined && (
            <>
              The agent says: “
              <VisibleText text={approval.justification} />”
            </>
          )}
        </p>
        {approval.grant !== undefined && (
          <p className="approval-grant">
            For this thread would match:{' '}
            <code>
              <VisibleText text={approval.grant} />
            </code>
          </p>
        )}
      </ApprovalBody>
      <div className="approval-buttons">
        <Button disabled={!armed} onPress={answer('deny')}>
          Deny
        </Button>
        {approval.grant !== undefined && (
          <Button disabled={!armed} onPress={answer('approveForThread')}>
            Approve for this thread
          </Button>
        )}
        <Button look="primary" disabled={!armed} onPress={answer('approve')}>
          Approve
        </Button>
      </div>
    </div>
  );
}
