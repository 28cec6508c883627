import { ModelError, type ModelEvent } from '../../src/ports/model';
import type { ModelItem } from '../../src/protocol/modelItem';
import type { Answer } from './memoryPorts';

/** How one request of a scripted model goes. */
export type ScriptedAnswer =
  | { readonly kind: 'items'; readonly items: readonly ModelItem[] }
  /** Breaks off after so many items; sent again where that can help. */
  | {
      readonly kind: 'error';
      readonly items: readonly ModelItem[];
      readonly retryable: boolean;
    }
  /** Says the items and then nothing until it is stopped. */
  | { readonly kind: 'hang'; readonly items: readonly ModelItem[] };

/** An assistant's message. */
export function said(text: string): ModelItem {
  return {
    type: 'message',
    role: 'assistant',
    id: 'm',
    status: 'completed',
    content: [{ type: 'output_text', text, annotations: [] }],
  };
}

/** A function call with these arguments; text is sent as it is. */
export function called(name: string, args: unknown, callId: string): ModelItem {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  return { type: 'function_call', name, arguments: text, call_id: callId };
}

/** Plays a scripted answer as a model's stream. */
export function play(answer: ScriptedAnswer): Answer {
  return async function* (_request, signal): AsyncIterable<ModelEvent> {
    yield { type: 'created', responseId: 'r' };
    for (const [outputIndex, item] of answer.items.entries()) {
      signal.throwIfAborted();
      yield { type: 'itemAdded', outputIndex, item };
      if (item.type === 'message') yield { type: 'textDelta', outputIndex, text: 'te' };
      yield { type: 'itemDone', outputIndex, item };
    }
    if (answer.kind === 'hang') await untilAborted(signal);
    if (answer.kind === 'error') {
      const { retryable } = answer;
      throw new ModelError('stream', 'The connection broke.', { retryable, retryAfterMs: 1 });
    }
    yield {
      type: 'completed',
      responseId: 'r',
      usage: { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, reasoningOutputTokens: 0 },
    };
  };
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const error = new Error('aborted');
  error.name = 'AbortError';
  throw error;
}
