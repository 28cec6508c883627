import type { ModelItem } from '../protocol/modelItem';
import { callIds } from './callIds';
import { isCall, type CallItem } from './history';

/**
 * An answer whose calls each have an id of their own, as every server demands of the next request. The same call twice
 * under one id is one call; another call under a known id (small servers count from zero each time) gets a new id.
 */
export function distinctCalls(
  history: readonly ModelItem[],
  answer: readonly ModelItem[],
  newCallId: () => string,
): readonly ModelItem[] {
  if (!answer.some(isCall)) return answer;
  const known = callIds(history);
  const said = new Map<string, string>();
  return answer.flatMap((item): readonly ModelItem[] => {
    if (!isCall(item)) return [item];
    const id = item.call_id;
    const content = callText(item);
    if (id !== '' && said.get(id) === content) return [];
    if (id && !known.has(id) && !said.has(id)) {
      said.set(id, content);
      return [item];
    }
    said.set(id, content);
    return [{ ...item, call_id: newCallId() }];
  });
}

/** A call without its ids: two calls with equal text ask for the same. */
export function callText(call: CallItem): string {
  return `${call.name}\n${call.type === 'function_call' ? call.arguments : call.input}`;
}
