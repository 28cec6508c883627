import type { DecidedBy } from './approvals';
import type { SandboxMode } from './turnContext';

/** What a call was about to do. Paths are absolute. */
export type CallSubject =
  | { readonly kind: 'command'; readonly command: string; readonly cwd: string }
  /** New input for a command that runs. */
  | { readonly kind: 'typing'; readonly text: string; readonly sessionId: number }
  | { readonly kind: 'read' | 'write'; readonly paths: readonly string[] };

/** What was decided about a call before it ran, or instead. */
export interface CallDecision {
  readonly outcome: 'allowed' | 'denied';
  readonly by: DecidedBy;
  /** Why it was asked about or denied; none where nothing spoke against it. */
  readonly reasons: readonly string[];
  readonly subject: CallSubject;
  /** How far the sandbox around a command let it write; absent where there was none around it. */
  readonly confined?: Exclude<SandboxMode, 'full-access'>;
  /** The model asked to run it outside of the sandbox. */
  readonly escalated?: true;
}
