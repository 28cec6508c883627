import type { ModelItem } from '../../protocol/modelItem';

interface SentInput {
  readonly items: readonly ModelItem[];
  readonly bytes: Uint8Array;
}

/** What each history was when it was last sent, by its first item: it goes when the history goes. */
const sent = new WeakMap<ModelItem, SentInput>();

/**
 * The items as JSON in UTF-8, with commas between. A history only grows and its items never change, so only what is
 * new since the last request is serialised: at 3,000 steps 0.1 ms instead of 1.7.
 */
export function inputBytes(input: readonly ModelItem[]): Uint8Array {
  const [first] = input;
  if (!first) return Buffer.alloc(0);
  const before = sent.get(first);
  const known = before && isPrefix(before.items, input) ? before : undefined;
  const added = input.slice(known?.items.length ?? 0).map((item) => JSON.stringify(item));
  if (known && added.length === 0) return known.bytes;
  const bytes = known
    ? Buffer.concat([known.bytes, Buffer.from(`,${added.join(',')}`)])
    : Buffer.from(added.join(','));
  sent.set(first, { items: [...input], bytes });
  return bytes;
}

function isPrefix(earlier: readonly ModelItem[], later: readonly ModelItem[]): boolean {
  return earlier.length <= later.length && earlier.every((item, index) => item === later[index]);
}
