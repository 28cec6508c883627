import type { ModelItem } from '../../protocol/modelItem';
import type { WireItem } from './replayableItem';

interface FormingCall {
  readonly index: number | undefined;
  id: string;
  name: string;
  args: string;
}

/**
 * Puts the calls of a chat answer together from their pieces. Servers differ: ids that come late, never or again,
 * no indexes or always zero, arguments in one piece or as an object.
 */
export class ChatToolCalls {
  private readonly calls: FormingCall[] = [];

  /** Takes one entry of `tool_calls`. */
  add(piece: WireItem): void {
    const details = record(piece.function);
    const id = text(piece.id);
    const name = text(details.name);
    const args = argumentsText(details.arguments);
    const index = typeof piece.index === 'number' ? piece.index : undefined;
    const call = this.find(index, id, name) ?? this.open(index);
    call.id ||= id;
    call.name ||= name;
    call.args += args;
  }

  /** The finished calls as items of the history. */
  items(): ModelItem[] {
    return this.calls.map(({ id, name, args }) => ({
      type: 'function_call',
      call_id: id || newCallId(),
      name,
      arguments: args || '{}',
    }));
  }

  /** The call a piece goes on with; none where it begins another one. */
  private find(index: number | undefined, id: string, name: string): FormingCall | undefined {
    const candidates =
      index === undefined ? this.calls : this.calls.filter((call) => call.index === index);
    const last = candidates.at(-1);
    if (!last) return undefined;
    if (id !== '' && last.id !== '') return candidates.find((call) => call.id === id);
    const beginsAnew = name !== '' && last.name !== '' && (id !== '' || isWhole(last.args));
    return beginsAnew ? undefined : last;
  }

  private open(index: number | undefined): FormingCall {
    const call = { index, id: '', name: '', args: '' };
    this.calls.push(call);
    return call;
  }
}

/** Nine letters and digits: the strictest form a server asks for. */
function newCallId(): string {
  return globalThis.crypto.randomUUID().replaceAll('-', '').slice(0, 9);
}

function isWhole(args: string): boolean {
  try {
    JSON.parse(args);
    return true;
  } catch {
    return false;
  }
}

function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : '';
}

function record(value: unknown): WireItem {
  return typeof value === 'object' && value !== null ? (value as WireItem) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
