export type PlanStepStatus = 'pending' | 'in_progress' | 'completed';

/** One step of a plan, in a few words. */
export interface PlanStep {
  readonly step: string;
  readonly status: PlanStepStatus;
}

/** The agent's visible list of steps; at most one is in progress. */
export interface Plan {
  readonly explanation?: string;
  readonly steps: readonly PlanStep[];
}

/** What the person decided on a proposed plan: carry it out as it reads now, or think again. */
export type PlanDecision =
  | { readonly kind: 'approved'; readonly text: string }
  | { readonly kind: 'sentBack'; readonly remarks: string };
