import type { ThreadEvent } from '../protocol/events';
import type { CommandExecutionItem, FileChangeItem, Item } from '../protocol/items';
import type { Plan } from '../protocol/plan';
import { reviewLine } from './reviewText';

/** One line of `exec --json`: the field's common vocabulary, in its snake_case. */
export type JsonLine = Readonly<Record<string, unknown>>;

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
        return startsVisibly(event.item) ? itemLine('item.started', event.item) : [];
      case 'item.completed':
        return itemLine('item.completed', event.item);
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

/** Messages and reasoning are told once, whole. */
function startsVisibly(item: Item): boolean {
  return item.type === 'commandExecution' || item.type === 'fileChange' || item.type === 'toolCall';
}

function itemLine(type: string, item: Item): JsonLine[] {
  const translated = translateItem(item);
  return translated ? [{ type, item: translated }] : [];
}

function translateItem(item: Item): JsonLine | undefined {
  switch (item.type) {
    case 'userMessage':
    case 'question':
    case 'compaction':
      return undefined;
    case 'proposedPlan':
      return { id: item.id, type: 'agent_message', text: item.text };
    case 'agentMessage':
      return item.text === '' ? undefined : { id: item.id, type: 'agent_message', text: item.text };
    case 'reasoning':
      return { id: item.id, type: 'reasoning', text: item.text };
    case 'commandExecution':
      return {
        id: item.id,
        type: 'command_execution',
        command: item.command,
        aggregated_output: item.output,
        exit_code: item.exitCode ?? null,
        status: commandStatus(item),
      };
    case 'fileChange':
      return {
        id: item.id,
        type: 'file_change',
        changes: item.changes.map(({ path, kind }) => ({ path, kind })),
        status: statusWord(item),
      };
    case 'review':
      return reviewLine(item, statusWord(item));
    case 'toolCall':
      return {
        id: item.id,
        type: 'tool_call',
        tool: item.tool,
        title: item.title,
        output: item.output,
        status: statusWord(item),
      };
  }
}

/** A command that ran and exited with an error has failed in this vocabulary. */
function commandStatus(item: CommandExecutionItem): string {
  const failed = item.status === 'completed' && item.exitCode !== undefined && item.exitCode !== 0;
  return failed ? 'failed' : statusWord(item);
}

function statusWord(item: Item | FileChangeItem): string {
  return item.status === 'inProgress' ? 'in_progress' : item.status;
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
