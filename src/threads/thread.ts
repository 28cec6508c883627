import type { Subscribe } from '../base/emitter';
import type { Decision } from '../protocol/approvals';
import type { ChangeTarget, Resolution } from '../protocol/changes';
import type { ThreadEvent } from '../protocol/events';
import type { ApprovalId, ThreadId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { ThreadState } from '../protocol/threadState';
import type { TurnContext } from '../protocol/turnContext';

/** One durable conversation with the agent. */
export interface Thread {
  readonly id: ThreadId;
  readonly cwd: string;
  /** The fold of all events so far. */
  readonly state: ThreadState;
  readonly onEvent: Subscribe<ThreadEvent>;
  /** Runs a turn; resolves when it has ended, however it ended. @throws Error where a turn is running. */
  startTurn(input: UserInput, context: TurnContext): Promise<void>;
  /** Adds input to the running turn. @throws Error where none is running. */
  steer(input: UserInput): void;
  /** Stops the running turn; nothing happens where none is running. */
  interrupt(): void;
  /** Answers a question; an unknown or answered id is ignored, so the first answer counts. */
  resolveApproval(id: ApprovalId, decision: Decision): void;
  /** Accepts or rejects changes. @throws EditConflictError where the file changed meanwhile. */
  resolveChanges(resolution: Resolution, target: ChangeTarget): Promise<void>;
  /** The text of a changed file as last accepted; null where it was absent; undefined where it is not changed. */
  baseline(path: string): Promise<Uint8Array | null | undefined>;
  /** Interrupts, waits for the end, kills what runs and closes the journal. */
  dispose(): Promise<void>;
}
