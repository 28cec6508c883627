import type { Approver } from '../ports/approver';

/** Answers for a person who is not there: every question is denied, by policy. */
export const denyingApprover: Approver = {
  ask: async () => ({ decision: 'deny', by: 'policy' }),
};
