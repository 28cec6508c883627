import { interruptedNote, missingOutputs } from '../agent/history';
import type { ThreadEventBody } from '../protocol/events';
import type { ModelItem } from '../protocol/modelItem';
import { runningCompaction, runningTurn, type ThreadState } from '../protocol/threadState';

/**
 * The events that end a turn whose host ended while it ran: nothing is run again; questions are cancelled, open items
 * interrupted, unanswered calls answered, and the model is told. Empty where no turn was left open.
 */
export function closeBrokenTurn(
  state: ThreadState,
  history: readonly ModelItem[],
): ThreadEventBody[] {
  const turn = runningTurn(state);
  if (!turn) return closeCompaction(state);
  const turnId = turn.id;
  const events = closeOpen(state);
  events.push({
    type: 'history.appended',
    items: [...missingOutputs(history), interruptedNote('restart')],
  });
  events.push({ type: 'turn.interrupted', turnId, by: 'restart' });
  return events;
}

/**
 * The event that ends a compaction between turns that was cut off; the history is as it was. Empty where none runs.
 */
export function closeCompaction(state: ThreadState): ThreadEventBody[] {
  const turnId = state.turns.at(-1)?.id;
  const item = runningCompaction(state);
  if (turnId === undefined || !item) return [];
  return [{ type: 'item.completed', turnId, item: { ...item, status: 'interrupted' } }];
}

/** The events that complete what is open in the running turn: questions are cancelled, items interrupted. */
export function closeOpen(state: ThreadState): ThreadEventBody[] {
  const turn = runningTurn(state);
  if (!turn) return [];
  const turnId = turn.id;
  const events: ThreadEventBody[] = state.approvals.map((approval) => ({
    type: 'approval.resolved',
    turnId,
    approvalId: approval.id,
    decision: 'cancel',
    by: 'policy',
  }));
  for (const entry of turn.entries) {
    if (entry.type === 'notice' || entry.status !== 'inProgress') continue;
    events.push({ type: 'item.completed', turnId, item: { ...entry, status: 'interrupted' } });
  }
  return events;
}

/** The events that end a turn whose own ending could not be stored; `message` says why. Empty where none runs. */
export function closeUnstoredTurn(
  state: ThreadState,
  history: readonly ModelItem[],
  message: string,
): ThreadEventBody[] {
  const turn = runningTurn(state);
  if (!turn) return [];
  const items = missingOutputs(history);
  return [
    ...closeOpen(state),
    ...(items.length > 0 ? [{ type: 'history.appended' as const, items }] : []),
    { type: 'turn.failed', turnId: turn.id, error: { code: 'journal', message } },
  ];
}
