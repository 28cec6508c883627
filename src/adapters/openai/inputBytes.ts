import type { ModelItem } from '../../protocol/modelItem';

/** Room for the first items; it doubles whenever it is full, so growing costs nothing on average. */
const firstRoom = 64 * 1024;

/** What each history was when it was last sent, by its first item: it goes when the history goes. */
const sent = new WeakMap<ModelItem, SentInput>();

/**
 * The items as JSON in UTF-8, with commas between. A history only grows and its items never change, so only what is
 * new since the last request is serialised, and written behind what is there already.
 * @returns bytes that stay as they are until these items are asked for again.
 */
export function inputBytes(input: readonly ModelItem[]): Uint8Array {
  const [first] = input;
  if (!first) return Buffer.alloc(0);
  let known = sent.get(first);
  if (!known?.isPrefixOf(input)) sent.set(first, (known = new SentInput()));
  known.append(input);
  return known.bytes;
}

/** The JSON of a history so far, in a buffer with room for more. */
class SentInput {
  private readonly items: ModelItem[] = [];
  private buffer = Buffer.allocUnsafe(firstRoom);
  private length = 0;

  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  /** Compares identities alone: an item is never read again. */
  isPrefixOf(input: readonly ModelItem[]): boolean {
    const { items } = this;
    return items.length <= input.length && items.every((item, index) => item === input[index]);
  }

  /** Adds the items of `input` that are not here yet. */
  append(input: readonly ModelItem[]): void {
    for (let index = this.items.length; index < input.length; index++) {
      const item = input[index] as ModelItem;
      this.write(`${index === 0 ? '' : ','}${JSON.stringify(item)}`);
      this.items.push(item);
    }
  }

  private write(text: string): void {
    const needed = this.length + Buffer.byteLength(text);
    if (needed > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    this.length += this.buffer.write(text, this.length);
  }
}
