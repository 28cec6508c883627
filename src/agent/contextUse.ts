import { contextKinds, type ContextKind, type ContextUse } from '../protocol/contextUse';
import type { ModelItem } from '../protocol/modelItem';
import { isFact, isSummaryText } from './compactedHistory';
import { situationTag } from './contextParts';
import { estimateItem, estimatePart } from './estimateTokens';
import { attachedPrefix } from './userMessage';

/**
 * Tokens that each kind of content takes in the next request, estimated by the rule of `estimateItem`.
 * @param fixedTokens what every request carries besides the history: instructions and tools.
 */
export function estimateUse(
  history: readonly ModelItem[],
  fixedTokens: number,
): ContextUse['parts'] {
  const none = contextKinds.map((kind) => [kind, 0] as const);
  const parts = Object.fromEntries(none) as Record<ContextKind, number>;
  parts.instructions = fixedTokens;
  for (const item of history) {
    let left = estimateItem(item);
    for (const part of contentOf(item)) {
      const tokens = estimatePart(part);
      parts[kindOfPart(part, item)] += tokens;
      left -= tokens;
    }
    // What frames an item belongs to what the item is.
    parts[kindOfItem(item)] += left;
  }
  return parts;
}

/** The parts of a message of the person's side, which may be of several kinds. */
function contentOf(item: ModelItem): readonly object[] {
  if (item.type !== 'message' || item.role === 'assistant') return [];
  return typeof item.content === 'string' ? [] : item.content;
}

function kindOfItem(item: ModelItem): ContextKind {
  if (item.type === 'function_call_output' || item.type === 'custom_tool_call_output') {
    return 'toolOutput';
  }
  const isOurs = item.type === 'message' && item.role !== 'user' && item.role !== 'assistant';
  return isOurs ? 'instructions' : 'conversation';
}

function kindOfPart(part: object, item: ModelItem): ContextKind {
  if (!('text' in part) || typeof part.text !== 'string') return 'attachments';
  const { text } = part;
  if (text.startsWith(attachedPrefix)) return 'attachments';
  if (isSummaryText(text) || isFact(text)) return 'summary';
  const tag = situationTag(text);
  if (tag === undefined) return kindOfItem(item);
  return tag === 'project_instructions' ? 'projectInstructions' : 'instructions';
}
