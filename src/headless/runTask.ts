import type { ThreadEvent } from '../protocol/events';
import type { RepositoryTarget } from '../ports/reviewDiffs';
import type { UserInput } from '../protocol/input';
import type { Item } from '../protocol/items';
import type { TurnContext } from '../protocol/turnContext';
import type { TurnOptions } from '../threads/newTurn';
import type { Thread } from '../threads/thread';
import { reviewText } from './reviewText';

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
  /** Present where the task is to review this; the input's text is then what to look at. */
  readonly review?: RepositoryTarget;
  /** Aborting interrupts the turn. */
  readonly signal: AbortSignal;
  onEvent(event: ThreadEvent): void;
}

/** A plan that waits for approval, or a review, is the last thing its turn says. */
function saidBy(item: Item): string | undefined {
  if (item.type === 'agentMessage' || item.type === 'proposedPlan') return item.text;
  return item.type === 'review' && item.status === 'completed'
    ? reviewText(item).trimEnd()
    : undefined;
}

function startTurn({ thread, review: target, input, context, options }: Task): Promise<void> {
  if (!target) return thread.startTurn(input, context, options);
  return thread.review({ target, instruction: input.text }, context, options);
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
    if (event.type === 'item.completed') lastMessage = saidBy(event.item) ?? lastMessage;
    task.onEvent(event);
  });
  const stop = () => thread.interrupt();
  signal.addEventListener('abort', stop);
  try {
    await startTurn(task);
    return { ending, lastMessage };
  } finally {
    signal.removeEventListener('abort', stop);
    listening.dispose();
  }
}
