import type { UserInput } from '../protocol/input';

/** What the person decided on a proposed plan: carry it out as it reads now, or think again. */
export type PlanDecision =
  | { readonly kind: 'approved'; readonly text: string }
  | { readonly kind: 'sentBack'; readonly remarks: string };

/**
 * The input of the turn that follows. An approved plan is said in full: the person may have edited it, and it must
 * outlive a compaction.
 */
export function inputAfterPlan(decision: PlanDecision): UserInput {
  const text =
    decision.kind === 'approved' ? `Carry out this plan:\n\n${decision.text}` : decision.remarks;
  return { text, attachments: [] };
}
