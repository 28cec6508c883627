import type { AskingTurn } from '../agent/turnEnvironment';
import { untilAborted } from '../base/abort';
import { errorMessage } from '../base/errorMessage';
import type { TreeChange } from '../ports/contentStore';
import type { Log } from '../ports/log';
import type { Approval, DecidedBy } from '../protocol/approvals';
import type { ChangeOrigin } from '../protocol/changes';
import type { ThreadEventBody } from '../protocol/events';
import { newId, type ItemId, type TurnId } from '../protocol/ids';
import type { FileChangeSummary } from '../protocol/items';
import { obeyedReasons, type StaysBack } from './takenBackWords';

/** A file that was taken back. */
export interface TakenBack {
  readonly change: TreeChange;
  readonly summary: FileChangeSummary;
  /** What the question shows of it; absent where nobody is asked: it is too long, or a link, which may lead elsewhere later. */
  readonly text?: string;
}

/** What is asked about: files that a command wrote, relative to `root`, by the item that tells of them. */
export interface KeepQuestion {
  readonly origin: ChangeOrigin;
  readonly itemId: ItemId;
  /** Absolute. */
  readonly root: string;
  readonly files: readonly TakenBack[];
}

/** How the question ended; `why` where nothing is written again. */
export interface KeepAnswer {
  readonly by: DecidedBy;
  readonly why?: StaysBack;
}

/**
 * Asks whether files that were taken back are written again. An answer that is not there is no: nobody to ask, a turn
 * that is over, and an aborted `signal`.
 */
export async function askToKeep(
  turn: AskingTurn | undefined,
  question: KeepQuestion,
  asking: { emit(body: ThreadEventBody): void; readonly log: Log; readonly signal: AbortSignal },
): Promise<KeepAnswer> {
  const { origin, itemId } = question;
  if (!turn || turn.turnId !== origin.turnId || turn.signal.aborted) return over;
  if (turn.context.approvalPolicy === 'never') return { by: 'policy', why: 'nobody' };
  const { turnId } = turn;
  const approval = approvalOf(turn, question);
  asking.emit({ type: 'approval.requested', turnId, approval });
  const answer = await answerTo(turn, approval, asking);
  if (isOpen(turn, turnId, itemId)) {
    asking.emit({ type: 'approval.resolved', turnId, approvalId: approval.id, ...answer });
  }
  const { decision, by } = answer;
  if (decision === 'approve' || decision === 'approveForThread') return { by };
  if (decision === 'cancel') return { by, why: 'over' };
  return { by, why: by === 'policy' ? 'nobody' : 'denied' };
}

/** False where the turn was stopped and has ended what was open in it, questions included. */
export function isOpen({ state }: AskingTurn, turnId: TurnId, itemId: ItemId): boolean {
  const turn = state().turns.findLast(({ id }) => id === turnId);
  const entry = turn?.entries.find(({ id }) => id === itemId);
  return entry !== undefined && entry.type !== 'notice' && entry.status === 'inProgress';
}

async function answerTo(
  { approver, signal: stopped }: AskingTurn,
  approval: Approval,
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
) {
  const ended = AbortSignal.any([stopped, signal]);
  try {
    return (await untilAborted(approver.ask(approval, ended), ended)) ?? cancelled;
  } catch (error) {
    log.warn(`Nobody could be asked: ${errorMessage(error)}`);
    return refused;
  }
}

function approvalOf(
  { context }: AskingTurn,
  { origin, itemId, root, files }: KeepQuestion,
): Approval {
  return {
    ...{ id: newId(), itemId, cwd: context.cwd },
    subject: {
      kind: 'patch',
      paths: files.map(({ change }) => `${root}/${change.path}`),
      text: files.map(({ text }) => text).join(''),
      writtenBy: origin.label,
    },
    reasons: obeyedReasons(files.map(({ change }) => change.path)),
  };
}

const over = { by: 'policy', why: 'over' } as const;
const refused = { decision: 'deny', by: 'policy' } as const;
const cancelled = { decision: 'cancel', by: 'user' } as const;
