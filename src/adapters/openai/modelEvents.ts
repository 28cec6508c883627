import type { ModelEvent } from '../../ports/model';
import type { ModelItem } from '../../protocol/modelItem';
import { noUsage, type Usage } from '../../protocol/usage';
import type { Failure } from './classifyError';
import { replayableItem, type WireItem } from './replayableItem';

/** What one event of the wire means for the agent, or how the answer failed. */
export type Reading =
  | ModelEvent
  | { readonly type: 'incomplete'; readonly reason: string }
  | { readonly type: 'failure'; readonly failure: Failure };

/** Reads one event of a Responses stream. Servers may send anything: what makes no sense is passed over. */
export function readWireEvent(event: WireItem): Reading | undefined {
  const outputIndex = numberOr(event.output_index, 0);
  switch (event.type) {
    case 'response.created':
      return { type: 'created', responseId: responseId(event) };
    case 'response.output_item.added':
      return isItem(event.item)
        ? { type: 'itemAdded', outputIndex, item: replayableItem(event.item) }
        : undefined;
    case 'response.output_text.delta':
    case 'response.refusal.delta':
      return { type: 'textDelta', outputIndex, text: text(event.delta) };
    case 'response.reasoning_summary_text.delta':
      return {
        type: 'reasoningDelta',
        outputIndex,
        part: numberOr(event.summary_index, 0),
        text: text(event.delta),
      };
    case 'response.output_item.done':
      return isItem(event.item)
        ? { type: 'itemDone', outputIndex, item: replayableItem(event.item) }
        : undefined;
    case 'response.completed':
    case 'response.done':
      return {
        type: 'completed',
        responseId: responseId(event),
        usage: readUsage(record(event.response).usage),
      };
    case 'response.incomplete':
      return {
        type: 'incomplete',
        reason: text(record(record(event.response).incomplete_details).reason),
      };
    case 'response.failed':
      return { type: 'failure', failure: readFailure(record(event.response).error) };
    case 'error':
      return { type: 'failure', failure: readFailure(event.error ?? event) };
    default:
      return undefined;
  }
}

/** The items that the last event of a stream lists. */
export function outputItems(event: WireItem): readonly ModelItem[] {
  const { output } = record(event.response);
  return Array.isArray(output) ? output.filter(isItem).map(replayableItem) : [];
}

/** The parts of a server's error object. */
export function readFailure(error: unknown): Failure {
  const { code, type, message } = record(error);
  return {
    code: typeof code === 'string' ? code : undefined,
    type: typeof type === 'string' && type !== 'error' ? type : undefined,
    message: typeof error === 'string' ? error : text(message),
  };
}

function readUsage(usage: unknown): Usage {
  const counts = record(usage);
  return {
    inputTokens: numberOr(counts.input_tokens, noUsage.inputTokens),
    cachedInputTokens: numberOr(record(counts.input_tokens_details).cached_tokens, 0),
    outputTokens: numberOr(counts.output_tokens, noUsage.outputTokens),
    reasoningOutputTokens: numberOr(record(counts.output_tokens_details).reasoning_tokens, 0),
  };
}

function responseId(event: WireItem): string {
  return text(record(event.response).id);
}

function record(value: unknown): WireItem {
  return typeof value === 'object' && value !== null ? (value as WireItem) : {};
}

function isItem(value: unknown): value is WireItem {
  return typeof record(value).type === 'string';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}
