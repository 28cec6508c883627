import { whenAborted } from '../base/abort';
import { defer, type Deferred } from '../base/deferred';
import type { Approver } from '../ports/approver';
import type { Approval, DecidedBy, Decision } from '../protocol/approvals';
import type { ApprovalId } from '../protocol/ids';

/**
 * Waits for a person to answer in a view. Each question is answered once; the first answer counts, also where it
 * comes before the wait begins: a reopened thread shows its question before its turn has got there again.
 */
export class PersonApprover implements Approver {
  private readonly answers = new Map<ApprovalId, Deferred<Decision>>();

  async ask({ id }: Approval, signal: AbortSignal): Promise<{ decision: Decision; by: DecidedBy }> {
    const stopped = whenAborted(signal);
    const cancelled = stopped.promise.then((): Decision => 'cancel');
    try {
      return { decision: await Promise.race([cancelled, this.answerTo(id).promise]), by: 'user' };
    } finally {
      stopped.release();
      this.answers.delete(id);
    }
  }

  /** Answers a question that is open; the caller knows that it is. */
  resolve(id: ApprovalId, decision: Decision): void {
    this.answerTo(id).resolve(decision);
  }

  private answerTo(id: ApprovalId): Deferred<Decision> {
    const known = this.answers.get(id) ?? defer<Decision>();
    this.answers.set(id, known);
    return known;
  }
}
