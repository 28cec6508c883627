import { countTokens } from '../base/truncateText';
import type { ThreadEventBody } from '../protocol/events';
import type { ModelItem } from '../protocol/modelItem';
import type { Usage } from '../protocol/usage';

/** What an image costs, whatever its size: servers scale them down first. */
const imageTokens = 1844;
/** Role, type and ids of an item. */
const frameTokens = 4;
/** Base64 of encrypted reasoning carries this many bytes that are no reasoning. */
const sealBytes = 650;

/** Tokens one item of the history takes, estimated. */
export function estimateItem(item: ModelItem): number {
  return frameTokens + bodyTokens(item);
}

/** Tokens some items take together, estimated. */
export function estimateItems(items: readonly ModelItem[]): number {
  return items.reduce((sum, item) => sum + estimateItem(item), 0);
}

/**
 * How full the context is: what the server counted for the last answer, and an estimate of what was added since. Each
 * item is looked at once, when it is added; so asking costs nothing, however long the thread is.
 */
export class ContextSize {
  private counted = 0;
  private added = 0;
  /** Of the last request of the thread's own turns. */
  lastUsage: Usage | undefined;

  get tokens(): number {
    return this.counted + this.added;
  }

  /** Follows the facts of the thread, stored or new. */
  observe(event: ThreadEventBody): void {
    switch (event.type) {
      case 'history.appended':
        this.added += estimateItems(event.items);
        break;
      case 'step.completed':
        if (event.apart) break;
        // The answer's own items were added just before: they are the output the server counted.
        this.restart(event.usage.inputTokens + event.usage.outputTokens);
        this.lastUsage = event.usage;
        break;
      case 'history.compacted':
        this.restart(event.tokensAfter);
        break;
      case 'thread.restored':
        if (event.conversation) this.restart(event.conversation.tokens);
        break;
      case 'restore.undone':
        if (event.history) this.restart(estimateItems(event.history));
        break;
      default:
        break;
    }
  }

  private restart(tokens: number): void {
    this.counted = tokens;
    this.added = 0;
  }
}

function bodyTokens(item: ModelItem): number {
  switch (item.type) {
    case 'message':
      return contentTokens(item.content);
    case 'function_call':
      return countTokens(item.name) + countTokens(item.arguments);
    case 'custom_tool_call':
      return countTokens(item.name) + countTokens(item.input);
    case 'function_call_output':
    case 'custom_tool_call_output':
      return contentTokens(item.output);
    case 'reasoning': {
      const sealed = item.encrypted_content?.length ?? 0;
      return Math.ceil(Math.max(0, (sealed * 3) / 4 - sealBytes) / 4);
    }
    default:
      return countTokens(JSON.stringify(item));
  }
}

function contentTokens(content: string | readonly object[]): number {
  if (typeof content === 'string') return countTokens(content);
  return content.reduce((sum, part) => sum + estimatePart(part), 0);
}

/** Tokens one part of a message takes, estimated. */
export function estimatePart(part: object): number {
  if ('text' in part && typeof part.text === 'string') return countTokens(part.text);
  if ('type' in part && part.type === 'input_image') return imageTokens;
  return countTokens(JSON.stringify(part));
}
