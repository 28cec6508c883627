/** Far beyond what a view sends: a few pictures in a message, ten thousand paths in a resolution. */
const maxCharacters = 45_000_000;
const maxValues = 200_000;
const maxDepth = 16;

/** True where a message is of a size worth reading; whatever it is made of, finding that out is quick. */
export function hasModestSize(message: unknown): boolean {
  let characters = 0;
  let values = 0;
  const waiting: { readonly value: unknown; readonly depth: number }[] = [
    { value: message, depth: 0 },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next;
    values += 1;
    if (typeof value === 'string') characters += value.length;
    if (characters > maxCharacters || values > maxValues || depth > maxDepth) return false;
    if (typeof value !== 'object' || value === null) continue;
    // Binary data is never part of a message, and would count as nothing here.
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return false;
    if (Array.isArray(value) && value.length + values > maxValues) return false;
    for (const key in value) {
      if (!Object.hasOwn(value, key)) continue;
      characters += key.length;
      if (waiting.length > maxValues) return false;
      waiting.push({ value: (value as Record<string, unknown>)[key], depth: depth + 1 });
    }
  }
  return true;
}
