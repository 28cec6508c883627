import type { ModelItem } from '../../protocol/modelItem';

/** An output item as it came over the wire: anything. */
export type WireItem = Readonly<Record<string, unknown>>;

/**
 * An output item reduced to what is sent back as input. Server ids and states are left out: with `store: false` an
 * id names nothing, yet the server refuses a reasoning item with an id whose follower is missing, which is what an
 * interrupted answer looks like. Kinds this version does not know go back as they came.
 */
export function replayableItem(item: WireItem): ModelItem {
  return reduced(item) as unknown as ModelItem;
}

function reduced(item: WireItem): WireItem {
  switch (item.type) {
    case 'message': {
      const { role, phase } = item;
      const content = Array.isArray(item.content) ? item.content.map(contentPart) : [];
      return { type: 'message', role, content, ...(phase != null && { phase }) };
    }
    case 'reasoning': {
      const { summary, encrypted_content } = item;
      return { type: 'reasoning', summary: summary ?? [], encrypted_content };
    }
    case 'function_call': {
      const { call_id, name } = item;
      return { type: 'function_call', call_id, name, arguments: item.arguments ?? '' };
    }
    case 'custom_tool_call': {
      const { call_id, name } = item;
      return { type: 'custom_tool_call', call_id, name, input: item.input ?? '' };
    }
    default:
      return item;
  }
}

function contentPart(part: WireItem): WireItem {
  return part.type === 'output_text' ? { type: 'output_text', text: part.text } : part;
}
