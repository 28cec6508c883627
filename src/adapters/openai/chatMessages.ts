import type { OpenAI } from 'openai';
import type { ModelItem } from '../../protocol/modelItem';

export type ChatMessage = OpenAI.Chat.ChatCompletionMessageParam;
type ContentPart = OpenAI.Chat.ChatCompletionContentPart;
type ToolCall = OpenAI.Chat.ChatCompletionMessageFunctionToolCall;
type Assistant = OpenAI.Chat.ChatCompletionAssistantMessageParam & { content: string };
type Message = Extract<ModelItem, { role: unknown; content: unknown }>;
type CallOutput = Extract<ModelItem, { type: 'function_call_output' | 'custom_tool_call_output' }>;

/**
 * A history in the words of Chat Completions. The prompts of many local models take one system message at the very
 * beginning, strictly alternating speakers, and arguments that are JSON objects, so:
 * - instructions and the developer messages before anybody spoke are one system message; later ones are the user's,
 * - neighbours of one speaker are merged, calls belong to the assistant message before them,
 * - images that a tool gives follow its output as the user's; reasoning is left out.
 */
export function chatMessages(instructions: string, input: readonly ModelItem[]): ChatMessage[] {
  const translation = new Translation(instructions);
  for (const item of input) translation.add(item);
  return translation.end();
}

class Translation {
  private readonly messages: ChatMessage[];
  private readonly known = new Set<string>();
  /** Images of tools; they wait until all outputs stand behind their calls. */
  private images: ContentPart[] = [];

  constructor(instructions: string) {
    this.messages = [{ role: 'system', content: instructions }];
  }

  add(item: ModelItem): void {
    switch (item.type) {
      case 'function_call':
        return this.call(item.call_id, item.name, objectText(item.arguments));
      case 'custom_tool_call':
        return this.call(item.call_id, item.name, JSON.stringify({ input: item.input }));
      case 'function_call_output':
      case 'custom_tool_call_output':
        return this.output(item);
      case 'message':
      case undefined:
        if ('content' in item) this.message(item);
        return;
      default:
        return;
    }
  }

  end(): ChatMessage[] {
    this.flushImages();
    return this.messages;
  }

  private message(item: Message): void {
    this.flushImages();
    const parts = contentParts(item);
    if (parts.length === 0) return;
    if (item.role === 'assistant') this.say(textOf(parts));
    else if (item.role !== 'user' && this.messages.length === 1) this.instruct(textOf(parts));
    else this.ask(parts);
  }

  private instruct(text: string): void {
    const [first] = this.messages;
    if (first?.role === 'system') first.content = `${textOr(first.content)}\n\n${text}`;
  }

  private ask(parts: readonly ContentPart[]): void {
    const last = this.messages.at(-1);
    if (last?.role !== 'user') {
      this.messages.push({ role: 'user', content: smallest(parts) });
      return;
    }
    const before: readonly ContentPart[] =
      typeof last.content === 'string' ? [{ type: 'text', text: last.content }] : last.content;
    last.content = smallest([...before, ...parts]);
  }

  private say(text: string): void {
    const message = this.assistant();
    message.content = message.content === '' ? text : `${message.content}\n\n${text}`;
  }

  private call(id: string, name: string, args: string): void {
    this.flushImages();
    this.known.add(id);
    const call: ToolCall = { id, type: 'function', function: { name, arguments: args } };
    const message = this.assistant();
    message.tool_calls = [...(message.tool_calls ?? []), call];
  }

  private assistant(): Assistant {
    const last = this.messages.at(-1);
    if (last?.role === 'assistant') return last as Assistant;
    const message: Assistant = { role: 'assistant', content: '' };
    this.messages.push(message);
    return message;
  }

  private output({ call_id: id, output }: CallOutput): void {
    if (typeof id !== 'string' || !this.known.has(id)) return;
    const parts = typeof output === 'string' ? [textPart(output)] : toParts(output);
    const images = parts.filter((part) => part.type === 'image_url');
    const text = textOf(parts) || (images.length > 0 ? 'The image follows.' : '');
    this.messages.push({ role: 'tool', tool_call_id: id, content: text });
    this.images.push(...images);
  }

  private flushImages(): void {
    const images = this.images;
    if (images.length === 0) return;
    this.images = [];
    this.ask([textPart('The image the tool gave:'), ...images]);
  }
}

function contentParts(item: Message): ContentPart[] {
  return typeof item.content === 'string' ? [textPart(item.content)] : toParts(item.content);
}

function toParts(content: unknown): ContentPart[] {
  if (!Array.isArray(content)) return [];
  return (content as readonly Readonly<Record<string, unknown>>[]).flatMap((part) => {
    if (typeof part.text === 'string') return [textPart(part.text)];
    if (typeof part.refusal === 'string') return [textPart(part.refusal)];
    if (typeof part.image_url !== 'string') return [];
    return [{ type: 'image_url' as const, image_url: { url: part.image_url } }];
  });
}

function textPart(text: string): ContentPart {
  return { type: 'text', text };
}

/** Plain text where there is no image: servers that know no images take nothing else. */
function smallest(parts: readonly ContentPart[]): string | ContentPart[] {
  return parts.every((part) => part.type === 'text') ? textOf(parts) : [...parts];
}

function textOf(parts: readonly ContentPart[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n\n');
}

function textOr(content: unknown): string {
  return typeof content === 'string' ? content : '';
}

/** Servers parse the arguments of earlier calls: what is no JSON object would make every later request fail. */
function objectText(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return text;
  } catch {
    // The model wrote nonsense, and was told so.
  }
  return JSON.stringify({ invalid_arguments: text });
}
