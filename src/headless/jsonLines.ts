import type { ThreadEvent } from '../protocol/events';
import type { Plan } from '../protocol/plan';
import { itemLine, type JsonLine } from './itemLines';

const todoListId = 'todo_list';

/**
 * Translates thread events to the JSON lines that scripts and SDKs of the field know. Stateful only for the plan,
 * which those know as one item that starts, is updated and completes with its turn.
 */
export class JsonLines {
  private plan: Plan | undefined;

  /** The lines an event becomes; none for what the vocabulary has no word for. */
  translate(event: ThreadEvent): JsonLine[] {
    switch (event.type) {
      case 'turn.started':
        return [{ type: 'thread.started', thread_id: event.threadId }, { type: 'turn.started' }];
      case 'item.started':
      case 'item.completed':
        return itemLine(event.type, event.item);
      case 'plan.updated': {
        const type = this.plan === undefined ? 'item.started' : 'item.updated';
        this.plan = event.plan;
        return [{ type, item: todoList(event.plan) }];
      }
      case 'notice.raised':
        return [
          {
            type: 'item.completed',
            item: { id: `notice_${event.seq}`, type: 'error', message: event.text },
          },
        ];
      case 'step.retried':
        return [
          {
            type: 'error',
            message: `${event.error.message} Trying again in ${Math.round(event.delayMs)} ms (attempt ${event.attempt}).`,
          },
        ];
      case 'turn.completed':
        return [
          ...this.endPlan(),
          {
            type: 'turn.completed',
            usage: {
              input_tokens: event.usage.inputTokens,
              cached_input_tokens: event.usage.cachedInputTokens,
              output_tokens: event.usage.outputTokens,
              reasoning_output_tokens: event.usage.reasoningOutputTokens,
            },
          },
        ];
      case 'turn.failed':
        return [...this.endPlan(), { type: 'turn.failed', error: event.error }];
      case 'turn.interrupted':
        return [
          ...this.endPlan(),
          {
            type: 'turn.failed',
            error:
              event.by === 'limit'
                ? { message: 'The turn reached a limit.', code: 'limit' }
                : { message: 'The turn was interrupted.', code: 'interrupted' },
          },
        ];
      default:
        return [];
    }
  }

  private endPlan(): JsonLine[] {
    if (this.plan === undefined) return [];
    const item = todoList(this.plan);
    this.plan = undefined;
    return [{ type: 'item.completed', item }];
  }
}

function todoList(plan: Plan): JsonLine {
  return {
    id: todoListId,
    type: 'todo_list',
    items: plan.steps.map(({ step, status }) => ({
      text: step,
      completed: status === 'completed',
    })),
  };
}
