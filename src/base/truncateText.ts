const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Tokens are estimated, the same for all models: `ceil(bytes / 4)` of the UTF-8 text. */
export function countTokens(text: string): number {
  return Math.ceil(utf8Length(text) / 4);
}

/** A text cut as `cutMiddle` does, with how long it was before it. */
export function truncateMiddle(text: string, maxTokens: number): string {
  const originalTokens = countTokens(text);
  if (originalTokens <= maxTokens) return text;
  return (
    `Warning: truncated output (original token count: ${originalTokens})\n` +
    cutMiddle(text, maxTokens)
  );
}

/**
 * Cuts the middle out of a text that is longer than `maxTokens`: half the budget for the head, half for the tail,
 * never through a character. A marker says how many tokens went; how many lines there were stands before it.
 */
export function cutMiddle(text: string, maxTokens: number): string {
  if (countTokens(text) <= maxTokens) return text;
  const bytes = encoder.encode(text);
  const budget = Math.max(0, Math.floor(maxTokens)) * 4;
  const head = bytes.subarray(0, boundaryBefore(bytes, Math.ceil(budget / 2)));
  const tail = bytes.subarray(boundaryAfter(bytes, bytes.length - Math.floor(budget / 2)));
  const cut = Math.ceil((bytes.length - head.length - tail.length) / 4);
  return (
    `Total output lines: ${countLines(text)}\n\n` +
    `${decoder.decode(head)}…${cut} tokens truncated…${decoder.decode(tail)}`
  );
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7ff) bytes += 2;
    else if (code > 0x7f) bytes += 1;
    // The two halves of a pair are four bytes together, so the second one adds nothing.
    if (code >= 0xd800 && code <= 0xdbff && isLowHalf(text.charCodeAt(index + 1))) index += 1;
  }
  return bytes;
}

function isLowHalf(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.endsWith('\n') ? lines : lines + 1;
}

/** The last start of a character at or before `at`. */
function boundaryBefore(bytes: Uint8Array, at: number): number {
  let index = at;
  while (index > 0 && isContinuation(bytes[index])) index -= 1;
  return index;
}

/** The first start of a character at or after `at`. */
function boundaryAfter(bytes: Uint8Array, at: number): number {
  let index = at;
  while (index < bytes.length && isContinuation(bytes[index])) index += 1;
  return index;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
