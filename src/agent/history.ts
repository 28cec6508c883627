import type { ModelItem } from '../protocol/modelItem';

/** Text an interrupted call answers with, so that every call has exactly one output. */
export const interruptedOutput =
  'The call was interrupted before it ended; what it had done by then stays.';

const interruptions = {
  user: 'The person stopped the turn here. What was done so far stays as it is.',
  limit:
    'The turn was stopped here: it reached a limit that the person set. What was done so far stays as it is.',
  restart:
    'The editor was closed here. Commands that ran were ended; what was done so far stays as it is.',
};

/** Tells the model that, and why, a turn ended before it was done. */
export function interruptedNote(by: keyof typeof interruptions): ModelItem {
  const text = `<turn_interrupted>\n${interruptions[by]}\n</turn_interrupted>`;
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
}

export type CallItem = Extract<ModelItem, { type: 'function_call' | 'custom_tool_call' }>;

/** True for the items that call a tool. */
export function isCall(item: ModelItem): item is CallItem {
  return item.type === 'function_call' || item.type === 'custom_tool_call';
}

/** The output item that answers a call. */
export function callOutput(
  call: CallItem,
  text: string,
  image?: { readonly dataUrl: string; readonly detail: 'auto' | 'low' | 'high' },
): ModelItem {
  const output = image
    ? [{ type: 'input_image' as const, image_url: image.dataUrl, detail: image.detail }]
    : text;
  return call.type === 'function_call'
    ? { type: 'function_call_output', call_id: call.call_id, output }
    : { type: 'custom_tool_call_output', call_id: call.call_id, output };
}

/**
 * The outputs a history lacks: one per call that was never answered (the host ended, the turn was stopped). Appending
 * them makes the history one that a server accepts.
 */
export function missingOutputs(history: readonly ModelItem[]): ModelItem[] {
  return unansweredCalls(history).map((call) => callOutput(call, interruptedOutput));
}

/** The calls that have no output yet, in order. */
export function unansweredCalls(history: readonly ModelItem[]): CallItem[] {
  const answered = new Set<string>();
  for (const item of history) {
    if (item.type === 'function_call_output' || item.type === 'custom_tool_call_output') {
      if (item.call_id) answered.add(item.call_id);
    }
  }
  return history.filter(isCall).filter((call) => !answered.has(call.call_id));
}

/** The items without outputs whose call is not among them: a server refuses those. */
export function withoutOrphans(items: readonly ModelItem[]): readonly ModelItem[] {
  const calls = new Set(items.filter(isCall).map((call) => call.call_id));
  return items.filter((item) => !isOutput(item) || calls.has(item.call_id ?? ''));
}

function isOutput(
  item: ModelItem,
): item is Extract<ModelItem, { type: 'function_call_output' | 'custom_tool_call_output' }> {
  return item.type === 'function_call_output' || item.type === 'custom_tool_call_output';
}
