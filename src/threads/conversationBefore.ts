import type { CheckpointRef } from '../protocol/checkpoints';
import type { ThreadEvent } from '../protocol/events';
import type { UserInput } from '../protocol/input';
import type { ModelItem } from '../protocol/modelItem';
import type { Plan } from '../protocol/plan';
import { replacedHistory } from './eventLog';

/** A conversation as it was before a turn. */
export interface EarlierConversation {
  readonly history: readonly ModelItem[];
  readonly plan: Plan | null;
  /** What the person said in that turn. */
  readonly input: UserInput;
}

/** Undefined where there is no such turn. */
export function conversationBefore(
  events: readonly ThreadEvent[],
  { turnId }: CheckpointRef,
): EarlierConversation | undefined {
  const end = events.findIndex((event) => event.type === 'turn.started' && event.turnId === turnId);
  const turn = events[end];
  if (turn?.type !== 'turn.started') return undefined;
  const before = events.slice(0, end);
  return { history: foldHistory(before), plan: foldPlan(before), input: turn.input };
}

/** What the model saw before a restore. */
export function historyOf(events: readonly ThreadEvent[], restoreId: string): readonly ModelItem[] {
  const end = events.findIndex(
    (event) => event.type === 'thread.restored' && event.restore.id === restoreId,
  );
  return foldHistory(events.slice(0, end < 0 ? events.length : end));
}

function foldHistory(events: readonly ThreadEvent[]): readonly ModelItem[] {
  let items: ModelItem[] = [];
  for (const event of events) {
    const replacement = replacedHistory(event);
    if (replacement) items = [...replacement];
    else if (event.type === 'history.appended') items.push(...event.items);
  }
  return items;
}

function foldPlan(events: readonly ThreadEvent[]): Plan | null {
  const last = events.findLast(
    (event) =>
      event.type === 'plan.updated' || (event.type === 'thread.restored' && event.conversation),
  );
  if (last?.type === 'plan.updated') return last.plan;
  return last?.type === 'thread.restored' ? (last.conversation?.plan ?? null) : null;
}
