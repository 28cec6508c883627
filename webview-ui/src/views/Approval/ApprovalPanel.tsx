import { useEffect, useState, type ReactElement } from 'react';
import type { Approval, Decision } from '../../../../src/protocol/approvals';
import { Button } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { VisibleText } from '../../components/VisibleText';
import { useAct, useModel } from '../../viewContext';
import { NetworkSubject } from './NetworkSubject';

/** Time before an answer counts, in milliseconds: a click or key meant for something else must not approve. */
const armingMs = 500;

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
  const armed = useArmed();
  const act = useAct();
  const answer = (decision: Decision) => () => {
    if (armed) act('approval/resolve', { approvalId: approval.id, decision });
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
            <VisibleText text={approval.cwd} />
          </bdi>
        </span>
      </div>
      <div className="approval-body" tabIndex={0} role="group" aria-label="What it asks for">
        <Subject approval={approval} />
        <p className="approval-reasons">
          {approval.reasons.length > 0 && <>Asks because: {approval.reasons.join(', ')}. </>}
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
      </div>
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

function Subject({ approval }: { readonly approval: Approval }): ReactElement {
  const { subject } = approval;
  if (subject.kind === 'command') {
    return (
      <pre className="approval-command">
        <code>
          <VisibleText text={subject.command} />
        </code>
      </pre>
    );
  }
  if (subject.kind === 'network') return <NetworkSubject subject={subject} />;
  return (
    <ul className="approval-paths">
      {subject.paths.map((path) => (
        <li key={path}>
          Edit{' '}
          <code>
            <VisibleText text={path} />
          </code>
        </li>
      ))}
    </ul>
  );
}

function useArmed(): boolean {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), armingMs);
    return () => clearTimeout(timer);
  }, []);
  return armed;
}
