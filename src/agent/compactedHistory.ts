import { truncateMiddle } from '../base/truncateText';
import type { ModelItem } from '../protocol/modelItem';
import type { Plan } from '../protocol/plan';
import type { ThreadState } from '../protocol/threadState';
import { contextUpdate, type ContextPart } from './contextParts';
import { estimateItem } from './estimateTokens';
import { userMessage } from './userMessage';

/** Tokens of the person's own messages that a compaction keeps word for word. */
export const keptMessageTokens = 20_000;
/** Less room than this is not worth a piece of a message. */
const smallestPiece = 50;
/** Paths listed at most; a generator may have written thousands. */
const maxFiles = 300;

/** Says what the text after it is; the message that begins so is the summary. */
const summaryPrefix =
  'The earlier part of this thread was replaced by the summary below, which you wrote. Go on from it; what it says is done need not be done again.\n\n';

/**
 * The history that replaces an old one: the situation as it is now, the person's latest messages, the summary, and
 * what must not depend on a summary: the plan and the files touched. It holds no calls and no outputs.
 */
export function compactedHistory(
  state: ThreadState,
  parts: readonly ContextPart[],
  summary: string,
): ModelItem[] {
  const facts = [planText(state.plan), filesText(state)].filter((text) => text !== undefined);
  return [
    ...contextUpdate([], parts),
    ...latestMessages(state),
    textMessage(summaryPrefix + summary),
    ...(facts.length > 0 ? [textMessage(...facts)] : []),
  ];
}

/** The same history with another summary in it; undefined where it holds none. */
export function withSummary(
  history: readonly ModelItem[],
  summary: string,
): ModelItem[] | undefined {
  const index = history.findLastIndex(isSummary);
  if (index < 0) return undefined;
  return history.with(index, textMessage(summaryPrefix + summary));
}

function isSummary(item: ModelItem): boolean {
  if (item.type !== 'message' || item.role !== 'user' || !Array.isArray(item.content)) return false;
  const [first] = item.content;
  return first?.type === 'input_text' && isSummaryText(first.text);
}

/** True for the text of a summary that stands for earlier history. */
export function isSummaryText(text: string): boolean {
  return text.startsWith(summaryPrefix);
}

/** True for what stands beside a summary because it must not depend on one. */
export function isFact(text: string): boolean {
  return text.startsWith('<current_plan>') || text.startsWith('<files_touched>');
}

/** What the person said, from the transcript: newest first while there is room, the last one cut to fit. */
function latestMessages(state: ThreadState): ModelItem[] {
  const kept: ModelItem[] = [];
  let room = keptMessageTokens;
  for (const turn of state.turns.toReversed()) {
    for (const entry of turn.entries.toReversed()) {
      if (entry.type !== 'userMessage') continue;
      const message = userMessage(entry.input);
      const tokens = estimateItem(message);
      if (tokens <= room) kept.push(message);
      else if (room >= smallestPiece)
        kept.push(textMessage(truncateMiddle(entry.input.text, room)));
      room -= tokens;
      if (room < smallestPiece) return kept.reverse();
    }
  }
  return kept.reverse();
}

function planText(plan: Plan | null): string | undefined {
  if (!plan || plan.steps.length === 0) return undefined;
  const steps = plan.steps.map(({ step, status }) => `- [${status}] ${step}`);
  return `<current_plan>\n${steps.join('\n')}\n</current_plan>`;
}

/** Every file the thread changed, and whether the person has yet to look at it. */
function filesText(state: ThreadState): string | undefined {
  const touched = new Set<string>();
  for (const turn of state.turns) {
    for (const entry of turn.entries) {
      if (entry.type !== 'fileChange' || entry.status !== 'completed') continue;
      for (const { path } of entry.changes) touched.add(path);
    }
  }
  const unsettled = new Set(state.changes.files.map(({ path }) => path));
  const paths = [...new Set([...touched, ...unsettled])].sort();
  if (paths.length === 0) return undefined;
  const lines = paths
    .slice(0, maxFiles)
    .map(
      (path) => `- ${path}${unsettled.has(path) ? ' (the person has not reviewed it yet)' : ''}`,
    );
  if (paths.length > maxFiles) lines.push(`- and ${paths.length - maxFiles} more`);
  return `<files_touched>\n${lines.join('\n')}\n</files_touched>`;
}

function textMessage(...texts: readonly string[]): ModelItem {
  return {
    type: 'message',
    role: 'user',
    content: texts.map((text) => ({ type: 'input_text', text })),
  };
}
