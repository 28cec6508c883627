import type { ThreadEvent } from '../protocol/events';
import type { UserInput } from '../protocol/input';
import type { AgentMessageItem, Item, ProposedPlanItem } from '../protocol/items';
import type { TurnContext } from '../protocol/turnContext';
import type { TurnOptions } from '../threads/newTurn';
import type { Thread } from '../threads/thread';

/** How a task ended, and the last thing the agent said. */
export interface TaskResult {
  readonly ending: 'completed' | 'failed' | 'interrupted';
  readonly lastMessage: string | undefined;
}

/** One task for a thread. */
export interface Task {
  readonly thread: Thread;
  readonly input: UserInput;
  readonly context: TurnContext;
  readonly options: TurnOptions;
  /** Aborting interrupts the turn. */
  readonly signal: AbortSignal;
  onEvent(event: ThreadEvent): void;
}

/** A plan that waits for approval is the last thing a turn in mode `plan` says. */
function isSaid(item: Item): item is AgentMessageItem | ProposedPlanItem {
  return item.type === 'agentMessage' || item.type === 'proposedPlan';
}

/** Runs one turn and answers how it ended. @throws JournalError where nothing can be stored. */
export async function runTask(task: Task): Promise<TaskResult> {
  const { thread, signal } = task;
  let ending: TaskResult['ending'] = 'failed';
  let lastMessage: string | undefined;
  const listening = thread.onEvent((event) => {
    if (event.type === 'turn.completed') ending = 'completed';
    if (event.type === 'turn.interrupted') {
      ending = event.by === 'limit' ? 'failed' : 'interrupted';
    }
    if (event.type === 'item.completed' && isSaid(event.item)) lastMessage = event.item.text;
    task.onEvent(event);
  });
  const stop = () => thread.interrupt();
  signal.addEventListener('abort', stop);
  try {
    await thread.startTurn(task.input, task.context, task.options);
    return { ending, lastMessage };
  } finally {
    signal.removeEventListener('abort', stop);
    listening.dispose();
  }
}
