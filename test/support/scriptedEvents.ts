import type { ScriptedOutput } from './scriptedOutput';

/** One server-sent event of the Responses API, `sequence_number` still missing. */
export type WireEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Token counts a scripted response reports. */
export interface ScriptedUsage {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  readonly reasoningOutputTokens: number;
}

type WireItem = Record<string, unknown>;

/** What one response is made of. */
export interface ScriptedResponse {
  readonly outputs: readonly ScriptedOutput[];
  readonly usage: ScriptedUsage;
  /** How it ends. */
  readonly ending:
    | { readonly type: 'response.completed' }
    | { readonly type: 'response.incomplete'; readonly reason: string }
    | { readonly type: 'response.failed'; readonly code: string; readonly message: string }
    | { readonly type: 'error'; readonly code: string; readonly message: string };
}

/** The events of a whole response in the order a real server sends them; `number` counts requests from 1. */
export function responseEvents(response: ScriptedResponse, number: number): WireEvent[] {
  const id = `resp_${number}`;
  const head = { id, object: 'response', status: 'in_progress', output: [], error: null };
  const done: WireItem[] = [];
  const events: WireEvent[] = [
    { type: 'response.created', response: head },
    { type: 'response.in_progress', response: head },
  ];
  response.outputs.forEach((output, index) => {
    const { item, added, middle } = outputEvents(output, `${number}_${index}`, index);
    events.push({ type: 'response.output_item.added', output_index: index, item: added });
    events.push(...middle);
    events.push({ type: 'response.output_item.done', output_index: index, item });
    done.push(item);
  });
  events.push(endingEvent(response, { ...head, output: done }));
  return events;
}

function endingEvent(response: ScriptedResponse, head: Record<string, unknown>): WireEvent {
  const { ending, usage } = response;
  switch (ending.type) {
    case 'response.completed':
      return {
        type: ending.type,
        response: { ...head, status: 'completed', usage: wireUsage(usage) },
      };
    case 'response.incomplete':
      return {
        type: ending.type,
        response: {
          ...head,
          status: 'incomplete',
          incomplete_details: { reason: ending.reason },
          usage: wireUsage(usage),
        },
      };
    case 'response.failed':
      return {
        type: ending.type,
        response: {
          ...head,
          status: 'failed',
          error: { code: ending.code, message: ending.message },
        },
      };
    case 'error':
      return { type: 'error', code: ending.code, message: ending.message, param: null };
  }
}

function wireUsage(usage: ScriptedUsage) {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cachedInputTokens },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningOutputTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}

interface OutputEvents {
  readonly item: WireItem;
  readonly added: WireItem;
  readonly middle: WireEvent[];
}

function outputEvents(output: ScriptedOutput, suffix: string, index: number): OutputEvents {
  switch (output.kind) {
    case 'message':
      return messageEvents(output, `msg_${suffix}`, index);
    case 'reasoning':
      return reasoningEvents(output.parts, `rs_${suffix}`, index);
    case 'functionCall': {
      const item = {
        type: 'function_call',
        id: `fc_${suffix}`,
        status: 'completed',
        call_id: output.callId ?? `call_${suffix}`,
        name: output.name,
        arguments: output.args,
      };
      const at = { item_id: item.id, output_index: index };
      return {
        item,
        added: { ...item, status: 'in_progress', arguments: '' },
        middle: [
          ...deltas('response.function_call_arguments.delta', output.args, at),
          { type: 'response.function_call_arguments.done', ...at, arguments: output.args },
        ],
      };
    }
    case 'customCall': {
      const item = {
        type: 'custom_tool_call',
        id: `ctc_${suffix}`,
        status: 'completed',
        call_id: output.callId ?? `call_${suffix}`,
        name: output.name,
        input: output.input,
      };
      const at = { item_id: item.id, output_index: index };
      return {
        item,
        added: { ...item, status: 'in_progress', input: '' },
        middle: [
          ...deltas('response.custom_tool_call_input.delta', output.input, at),
          { type: 'response.custom_tool_call_input.done', ...at, input: output.input },
        ],
      };
    }
    case 'other':
      return { item: output.item, added: output.item, middle: [] };
  }
}

function messageEvents(
  output: Extract<ScriptedOutput, { kind: 'message' }>,
  id: string,
  index: number,
): OutputEvents {
  const at = { item_id: id, output_index: index, content_index: 0 };
  const part = { type: 'output_text', text: output.text, annotations: [], logprobs: [] };
  const phase = output.phase === undefined ? {} : { phase: output.phase };
  const item = { type: 'message', id, role: 'assistant', ...phase };
  return {
    item: { ...item, status: 'completed', content: [part] },
    added: { ...item, status: 'in_progress', content: [] },
    middle: [
      { type: 'response.content_part.added', ...at, part: { ...part, text: '' } },
      ...deltas('response.output_text.delta', output.text, { ...at, logprobs: [] }),
      { type: 'response.output_text.done', ...at, text: output.text, logprobs: [] },
      { type: 'response.content_part.done', ...at, part },
    ],
  };
}

function reasoningEvents(parts: readonly string[], id: string, index: number): OutputEvents {
  const item = { type: 'reasoning', id, summary: [], encrypted_content: '' };
  return {
    item: {
      ...item,
      summary: parts.map((text) => ({ type: 'summary_text', text })),
      encrypted_content: `encrypted ${id}`,
    },
    added: item,
    middle: parts.flatMap((text, part): WireEvent[] => {
      const at = { item_id: id, output_index: index, summary_index: part };
      const empty = { type: 'summary_text', text: '' };
      return [
        { type: 'response.reasoning_summary_part.added', ...at, part: empty },
        ...deltas('response.reasoning_summary_text.delta', text, at),
        { type: 'response.reasoning_summary_text.done', ...at, text },
        { type: 'response.reasoning_summary_part.done', ...at, part: { ...empty, text } },
      ];
    }),
  };
}

/** Cuts text after every few words, as a model speaks. */
function deltas(type: string, text: string, at: Record<string, unknown>): WireEvent[] {
  const pieces = text.match(/(?:\s*\S+){1,3}|\s+/gu) ?? [];
  return pieces.map((delta) => ({ type, ...at, delta }));
}
