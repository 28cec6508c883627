import { missingOutputs } from '../agent/history';
import type { ThreadEventBody } from '../protocol/events';
import type { ModelItem } from '../protocol/modelItem';
import { runningTurn, type ThreadState } from '../protocol/threadState';

/**
 * The events that end a turn whose host ended while it ran: nothing is run again; questions are cancelled, open items
 * interrupted, unanswered calls answered, and the model is told. Empty where no turn was left open.
 */
export function closeBrokenTurn(
  state: ThreadState,
  history: readonly ModelItem[],
): ThreadEventBody[] {
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
  const note =
    '<turn_interrupted>\nThe editor was closed here. Commands that ran were ended; what was done so far stays as it is.\n</turn_interrupted>';
  events.push({
    type: 'history.appended',
    items: [
      ...missingOutputs(history),
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: note }] },
    ],
  });
  events.push({ type: 'turn.interrupted', turnId, by: 'restart' });
  return events;
}
