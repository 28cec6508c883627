import type { Approval, Decision } from './approvals';
import type { ApprovalId } from './ids';

/** A person's answer as a view sends it. */
export interface ApprovalAnswer {
  readonly approvalId: ApprovalId;
  readonly decision: Decision;
  /** What the view had drawn, by `shownWords`: the answer is about that and nothing else. */
  readonly shown: string;
}

/** Everything of an approval that a person is shown, in one text: two are equal only where nothing differs. */
export function shownWords({ subject, cwd, reasons, justification, grant }: Approval): string {
  return JSON.stringify([subject, cwd, reasons, justification ?? null, grant ?? null]);
}

/**
 * Whether an answer counts: `unknown` where no such question is open (it was answered, or never asked), `changed` where
 * it approves something else than what is asked now.
 */
export function judgeAnswer(
  open: readonly Approval[],
  { approvalId, decision, shown }: ApprovalAnswer,
): 'counts' | 'unknown' | 'changed' {
  const asked = open.find(({ id }) => id === approvalId);
  if (!asked) return 'unknown';
  const approves = decision === 'approve' || decision === 'approveForThread';
  if (!approves) return 'counts';
  if (decision === 'approveForThread' && asked.grant === undefined) return 'changed';
  return shown === shownWords(asked) ? 'counts' : 'changed';
}
