/** Where a value stands in a JSON text: `[start, end)` in characters. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

/** Where the members of an object stand. @throws SyntaxError where no object begins there. */
export function jsonMembers(text: string, at: number): ReadonlyMap<string, JsonSpan> {
  const members = new Map<string, JsonSpan>();
  for (let next = begin(text, at, '{'); ;) {
    if (text[next] === '}') return members;
    const keyEnd = skipValue(text, next);
    const start = skipBlanks(text, expect(text, skipBlanks(text, keyEnd), ':'));
    const end = skipValue(text, start);
    members.set(JSON.parse(text.slice(next, keyEnd)) as string, { start, end });
    next = afterComma(text, end, '}');
  }
}

/** Where the elements of an array stand, one after the other. @throws SyntaxError where no array begins there. */
export function* jsonElements(text: string, at: number): Generator<JsonSpan, void, void> {
  for (let start = begin(text, at, '['); text[start] !== ']';) {
    const end = skipValue(text, start);
    yield { start, end };
    start = afterComma(text, end, ']');
  }
}

function begin(text: string, at: number, open: string): number {
  return skipBlanks(text, expect(text, skipBlanks(text, at), open));
}

function afterComma(text: string, end: number, close: string): number {
  const at = skipBlanks(text, end);
  return text[at] === close ? at : skipBlanks(text, expect(text, at, ','));
}

function expect(text: string, at: number, character: string): number {
  if (text[at] !== character) throw new SyntaxError(`Expected ${character} at ${at}.`);
  return at + 1;
}

function skipBlanks(text: string, at: number): number {
  let next = at;
  while (/[\s\uFEFF]/.test(text[next] ?? '')) next += 1;
  return next;
}

const pieces = /"(?:[^"\\]|\\.)*"|[[\]{}]/g;
const plainValue = /[^,\]}\s]+/y;

/** The end of the value that begins here. */
function skipValue(text: string, start: number): number {
  const first = text[start] ?? '';
  if (!/["[{]/.test(first)) {
    plainValue.lastIndex = start;
    if (!plainValue.test(text)) throw new SyntaxError(`Expected a value at ${start}.`);
    return plainValue.lastIndex;
  }
  pieces.lastIndex = start;
  for (let depth = 0; ;) {
    const piece = pieces.exec(text)?.[0];
    if (piece === undefined) throw new SyntaxError(`The value at ${start} has no end.`);
    if (piece === '{' || piece === '[') depth += 1;
    else if (piece === '}' || piece === ']') depth -= 1;
    if (depth === 0) return pieces.lastIndex;
  }
}
