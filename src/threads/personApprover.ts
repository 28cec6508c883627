import { defer, type Deferred } from '../base/deferred';
import type { Approver } from '../ports/approver';
import type { Approval, DecidedBy, Decision } from '../protocol/approvals';
import type { ApprovalId } from '../protocol/ids';

/** Waits for a person to answer in a view. Each question is answered once; the first answer counts. */
export class PersonApprover implements Approver {
  private readonly waiting = new Map<ApprovalId, Deferred<Decision>>();

  async ask(
    approval: Approval,
    signal: AbortSignal,
  ): Promise<{ decision: Decision; by: DecidedBy }> {
    const answer = defer<Decision>();
    const stop = () => answer.resolve('cancel');
    this.waiting.set(approval.id, answer);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      return { decision: await answer.promise, by: 'user' };
    } finally {
      signal.removeEventListener('abort', stop);
      this.waiting.delete(approval.id);
    }
  }

  /** Answers a question; an unknown id is ignored. */
  resolve(id: ApprovalId, decision: Decision): void {
    this.waiting.get(id)?.resolve(decision);
  }
}
