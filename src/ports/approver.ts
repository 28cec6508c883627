import type { Approval, DecidedBy, Decision } from '../protocol/approvals';

/** Asks whoever is there to answer. */
export interface Approver {
  /** Resolves with the answer; an aborted signal answers `cancel`. Without a person it answers `deny`. */
  ask(
    approval: Approval,
    signal: AbortSignal,
  ): Promise<{ readonly decision: Decision; readonly by: DecidedBy }>;
}
