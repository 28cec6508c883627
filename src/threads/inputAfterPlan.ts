import * as l10n from '@vscode/l10n';
import type { UserInput } from '../protocol/input';
import type { PlanDecision } from '../protocol/plan';

/**
 * The input of the turn that follows a decision on a proposed plan. An approved plan is said in full: the person may
 * have edited it, and it must outlive a compaction.
 */
export function inputAfterPlan(decision: PlanDecision): UserInput {
  const text =
    decision.kind === 'approved'
      ? `${l10n.t('Carry out this plan:')}\n\n${decision.text}`
      : decision.remarks;
  return { text, attachments: [] };
}
