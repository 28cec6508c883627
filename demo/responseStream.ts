import { randomUUID } from 'node:crypto';
import type { ModelRequest } from './conversation';
import type { Step, ToolCall } from './job';

/** One server-sent event of the Responses API; `type` is also its SSE event name. */
export interface StreamEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/**
 * The events of one response, deltas in pieces of a few characters.
 * Follows the order and fields of https://platform.openai.com/docs/api-reference/responses-streaming.
 */
export function* responseEvents(
  request: ModelRequest,
  answer: Step | string,
): Generator<StreamEvent> {
  const response = {
    id: newId('resp'),
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    model: request.model ?? 'demo',
    error: null,
    incomplete_details: null,
  };
  yield { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } };
  const output: object[] = [];
  const { preamble, calls } = typeof answer === 'string' ? { preamble: answer, calls: [] } : answer;
  const phase = typeof answer === 'string' ? 'final_answer' : 'commentary';
  if (preamble !== undefined) output.push(yield* messageEvents(output.length, preamble, phase));
  for (const call of calls) output.push(yield* callEvents(output.length, call, request));
  yield {
    type: 'response.completed',
    response: { ...response, status: 'completed', output, usage: usage(request, output) },
  };
}

function* messageEvents(
  index: number,
  text: string,
  phase: string,
): Generator<StreamEvent, object> {
  const id = newId('msg');
  const item = { id, type: 'message', role: 'assistant', phase };
  const at = { item_id: id, output_index: index, content_index: 0 };
  const part = { type: 'output_text', text, annotations: [] };
  yield added(index, { ...item, status: 'in_progress', content: [] });
  yield { type: 'response.content_part.added', ...at, part: { ...part, text: '' } };
  for (const delta of pieces(text)) yield { type: 'response.output_text.delta', ...at, delta };
  yield { type: 'response.output_text.done', ...at, text };
  yield { type: 'response.content_part.done', ...at, part };
  const done = { ...item, status: 'completed', content: [part] };
  yield { type: 'response.output_item.done', output_index: index, item: done };
  return done;
}

/** A call in the form the tool was declared in: freeform text, or JSON arguments. */
function* callEvents(
  index: number,
  { tool, input }: ToolCall,
  request: ModelRequest,
): Generator<StreamEvent, object> {
  const freeform = request.tools?.some(({ type, name }) => type === 'custom' && name === tool);
  const id = newId(freeform ? 'ctc' : 'fc');
  const at = { item_id: id, output_index: index };
  const text =
    typeof input === 'string'
      ? freeform
        ? input
        : JSON.stringify({ input })
      : JSON.stringify(input);
  const field = freeform ? 'input' : 'arguments';
  const event = freeform ? 'response.custom_tool_call_input' : 'response.function_call_arguments';
  const type = freeform ? 'custom_tool_call' : 'function_call';
  const item = { id, type, call_id: newId('call'), name: tool };
  yield added(index, { ...item, status: 'in_progress', [field]: '' });
  for (const delta of pieces(text)) yield { type: `${event}.delta`, ...at, delta };
  yield { type: `${event}.done`, ...at, [field]: text };
  const done = { ...item, status: 'completed', [field]: text };
  yield { type: 'response.output_item.done', output_index: index, item: done };
  return done;
}

function added(index: number, item: object): StreamEvent {
  return { type: 'response.output_item.added', output_index: index, item };
}

/** Words with the blanks after them, long ones cut. */
function pieces(text: string): readonly string[] {
  return text.match(/\s*\S{1,16}\s?|\s+/g) ?? [];
}

/** A token is taken as four bytes; nothing is cached here. */
function usage(request: ModelRequest, output: readonly object[]): object {
  const tokens = (value: unknown): number => Math.ceil(JSON.stringify(value).length / 4);
  const [input, written] = [tokens(request), tokens(output)];
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: written,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + written,
  };
}

function newId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`;
}
