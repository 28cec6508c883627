import { unansweredCalls } from '../agent/history';
import type { Spending } from '../agent/limits';
import type { WaitingTurn } from '../agent/runTurn';
import type { Approval } from '../protocol/approvals';
import type { ThreadEvent } from '../protocol/events';
import type { ModelItem } from '../protocol/modelItem';
import { runningTurn, type ThreadState, type TurnState } from '../protocol/threadState';

/** A running turn that waits for the person; `spent` is what counts against its limits until then. */
export interface OpenTurn extends WaitingTurn {
  readonly turn: TurnState;
  readonly spent: Spending;
}

/** Whom an open turn may wait for here: where nobody answers, it is ended instead. */
export interface PersonAnswers {
  readonly approvals: boolean;
  readonly questions: boolean;
}

/**
 * The turn that only waits for the person: one call is drawn and asks for approval, or is a question, and nothing of
 * it has run. Such a turn outlives its host: it goes on when the thread is opened again. Undefined for any other.
 */
export function findWaitingTurn(
  {
    state,
    events,
    history,
  }: {
    readonly state: ThreadState;
    readonly events: readonly ThreadEvent[];
    readonly history: readonly ModelItem[];
  },
  answers: PersonAnswers,
): OpenTurn | undefined {
  const call = findWaitingCall(state, answers);
  const turn = runningTurn(state);
  if (!call || !turn || unansweredCalls(history).length === 0) return undefined;
  const ofTurn = events.filter((event) => 'turnId' in event && event.turnId === turn.id);
  const step = ofTurn.findLast((event) => event.type === 'step.started')?.step ?? 1;
  const ran = turn.entries.filter(
    ({ id, type }) => type === 'commandExecution' && id !== call.itemId,
  );
  return {
    call,
    turn,
    step,
    spent: {
      usage: turn.usage,
      cost: turn.cost ?? 0,
      commands: ran.length,
      ms: Math.max(0, (ofTurn.at(-1)?.at ?? turn.startedAt) - turn.startedAt),
    },
  };
}

/** The call that waits for the person while nothing else is open; undefined where there is none. */
export function findWaitingCall(
  state: ThreadState,
  answers: PersonAnswers,
): WaitingTurn['call'] | undefined {
  const open = (runningTurn(state)?.entries ?? []).filter(
    (entry) => entry.type !== 'notice' && entry.status === 'inProgress',
  );
  const [item] = open;
  const [approval] = state.approvals;
  if (!item || open.length > 1) return undefined;
  if (!approval)
    return item.type === 'question' && answers.questions ? { itemId: item.id } : undefined;
  if (isOfRunCommand(approval)) return undefined;
  const only = state.approvals.length === 1 && approval.itemId === item.id;
  return only && answers.approvals ? { itemId: item.id, approval } : undefined;
}

/** A command that asks for a host ended with its own; what one wrote and is asked about afterwards was taken back. */
function isOfRunCommand({ subject }: Approval): boolean {
  return (
    subject.kind === 'network' || (subject.kind === 'patch' && subject.writtenBy !== undefined)
  );
}
