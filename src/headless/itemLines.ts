import type { CommandExecutionItem, Item, QuestionItem } from '../protocol/items';
import { reviewLine } from './reviewText';

/** One line of `exec --json`: the field's common vocabulary, in its snake_case. */
export type JsonLine = Readonly<Record<string, unknown>>;

/** How the items of one type are told. */
interface Telling<T extends Item> {
  /** Long ones are told when they start, too. */
  readonly told: 'atStartAndEnd' | 'atEnd';
  /** Undefined where there is nothing to tell of this one. The id is added to it. */
  readonly line: (item: T) => JsonLine | undefined;
}

/**
 * Every type of item, and its line. `review`, `request_user_input` and `tool_call` are words of our own; the others are
 * the field's. What is left out: the person's own words, which the caller wrote, and the summary of a compaction,
 * which is for the model.
 */
const tellings: { readonly [T in Item['type']]: Telling<Extract<Item, { type: T }>> | 'leftOut' } =
  {
    userMessage: 'leftOut',
    compaction: 'leftOut',
    agentMessage: {
      told: 'atEnd',
      line: ({ text }) => (text === '' ? undefined : { type: 'agent_message', text }),
    },
    proposedPlan: { told: 'atEnd', line: ({ text }) => ({ type: 'agent_message', text }) },
    reasoning: { told: 'atEnd', line: ({ text }) => ({ type: 'reasoning', text }) },
    commandExecution: {
      told: 'atStartAndEnd',
      line: (item) => ({
        type: 'command_execution',
        command: item.command,
        aggregated_output: item.output,
        exit_code: item.exitCode ?? null,
        status: commandStatus(item),
      }),
    },
    fileChange: {
      told: 'atStartAndEnd',
      line: (item) => ({
        type: 'file_change',
        changes: item.changes.map(({ path, kind }) => ({ path, kind })),
        status: statusWord(item),
      }),
    },
    question: { told: 'atStartAndEnd', line: questionLine },
    review: { told: 'atEnd', line: (item) => reviewLine(item, statusWord(item)) },
    toolCall: {
      told: 'atStartAndEnd',
      line: (item) => ({
        type: 'tool_call',
        tool: item.tool,
        title: item.title,
        output: item.output,
        status: statusWord(item),
      }),
    },
  };

/** The line of an item that starts or has ended; none where its type is not told then. */
export function itemLine(event: 'item.started' | 'item.completed', item: Item): JsonLine[] {
  // The table's key and the item's type are the same, which the compiler cannot follow.
  const telling = tellings[item.type] as Telling<Item> | 'leftOut';
  if (telling === 'leftOut') return [];
  if (event === 'item.started' && telling.told === 'atEnd') return [];
  const line = telling.line(item);
  return line ? [{ type: event, item: { id: item.id, ...line } }] : [];
}

/** What the agent asks in its tool `request_user_input`; `answers` by question id, null where nobody answered. */
function questionLine(item: QuestionItem): JsonLine {
  return {
    type: 'request_user_input',
    questions: item.questions.map(({ id, header, question, options }) => ({
      ...{ id, header, question },
      options: options.map(({ label, description }) => ({ label, description })),
    })),
    answers: item.answers ?? null,
    status: statusWord(item),
  };
}

/** A command that ran and exited with an error has failed in this vocabulary. */
function commandStatus(item: CommandExecutionItem): string {
  const failed = item.status === 'completed' && item.exitCode !== undefined && item.exitCode !== 0;
  return failed ? 'failed' : statusWord(item);
}

function statusWord(item: Item): string {
  return item.status === 'inProgress' ? 'in_progress' : item.status;
}
