import { interruptedNote, missingOutputs } from '../agent/history';
import { userMessage } from '../agent/userMessage';
import type { ThreadEvent, ThreadEventBody } from '../protocol/events';
import { newId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { ModelItem } from '../protocol/modelItem';
import { runningCompaction, runningTurn, type ThreadState } from '../protocol/threadState';

/**
 * The events that end a turn whose host ended while it ran: nothing is run again; questions are cancelled, open items
 * interrupted, unanswered calls answered, and the model is told, also what the person had said where the host ended
 * before that (`unsaid`). Empty where no turn was left open.
 */
export function closeBrokenTurn(
  state: ThreadState,
  history: readonly ModelItem[],
  unsaid?: UserInput,
): ThreadEventBody[] {
  const turn = runningTurn(state);
  if (!turn) return closeCompaction(state);
  const turnId = turn.id;
  const events = closeOpen(state);
  if (unsaid && !turn.entries.some(({ type }) => type === 'userMessage')) {
    const item = { type: 'userMessage', id: newId(), input: unsaid } as const;
    events.push({ type: 'item.started', turnId, item: { ...item, status: 'inProgress' } });
    events.push({ type: 'item.completed', turnId, item: { ...item, status: 'completed' } });
  }
  const said = unsaid ? [userMessage(unsaid)] : [];
  events.push({
    type: 'history.appended',
    items: [...missingOutputs(history), ...said, interruptedNote('restart')],
  });
  events.push({ type: 'turn.interrupted', turnId, by: 'restart' });
  return events;
}

/** What the person said in the last turn, where its host ended before the model's history had it. */
export function findUnsaid(events: readonly ThreadEvent[]): UserInput | undefined {
  const start = events.findLastIndex(({ type }) => type === 'turn.started');
  const turn = events[start];
  if (turn?.type !== 'turn.started') return undefined;
  const since = events.slice(start);
  if (since.some(({ type }) => type === 'history.appended')) return undefined;
  // Its item has the comments that were to be told with it.
  const item = since.flatMap((event) => (event.type === 'item.completed' ? [event.item] : []))[0];
  return item?.type === 'userMessage' ? item.input : turn.input;
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
