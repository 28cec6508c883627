/** How the bytes of a text file are to be read; a byte order mark is kept as the text's first character. */
export type TextEncoding = 'utf8' | 'utf16le' | 'utf16be' | 'latin1';

/** A file's content as text. Encoding the text again gives exactly the bytes it came from. */
export interface TextFile {
  readonly encoding: TextEncoding;
  readonly text: string;
}

/** The byte order mark as a character. */
export const byteOrderMark = '\uFEFF';

/**
 * Reads bytes as text: UTF-8, UTF-16 where a byte order mark says so, otherwise one character per byte (`latin1`),
 * which loses nothing of any legacy encoding. `undefined` for binary files: those that hold a NUL.
 */
export function decodeText(bytes: Uint8Array): TextFile | undefined {
  const wide = wideEncoding(bytes);
  if (wide) {
    const text = decodeWide(bytes, wide);
    return text.includes('\0') ? undefined : { encoding: wide, text };
  }
  if (bytes.includes(0)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { encoding: 'utf8', text };
  } catch {
    return { encoding: 'latin1', text: decodeUnits(bytes) };
  }
}

/**
 * The two sides of a change as texts in one encoding; a missing file is the empty text. `undefined` where one is
 * binary, or where they have no encoding in common: such a change is settled whole.
 */
export function decodePair(
  before: Uint8Array | null,
  after: Uint8Array | null,
):
  { readonly encoding: TextEncoding; readonly before: string; readonly after: string } | undefined {
  const first = before && decodeText(before);
  const second = after && decodeText(after);
  if (first === undefined || second === undefined) return undefined;
  const encoding = second?.encoding ?? first?.encoding ?? 'utf8';
  if (!first || !second || first.encoding === second.encoding) {
    return { encoding, before: first?.text ?? '', after: second?.text ?? '' };
  }
  if (isWide(first.encoding) || isWide(second.encoding)) return undefined;
  return {
    encoding: 'latin1',
    before: decodeUnits(before ?? []),
    after: decodeUnits(after ?? []),
  };
}

/** The bytes of a text. @throws RangeError where the encoding has no place for one of its characters. */
export function encodeText({ encoding, text }: TextFile): Uint8Array {
  if (encoding === 'utf8') return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length * (isWide(encoding) ? 2 : 1));
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (encoding === 'latin1') {
      if (unit > 0xff) throw new RangeError(`the file's encoding has no character ${text[index]}`);
      bytes[index] = unit;
    } else {
      const high = encoding === 'utf16be' ? 0 : 1;
      bytes[2 * index + high] = unit >> 8;
      bytes[2 * index + 1 - high] = unit & 0xff;
    }
  }
  return bytes;
}

const lineWithEnd = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+/g;

/** The lines of a text, each with its line end (`\n`, `\r\n` or `\r`); only the last may have none. */
export function splitLines(text: string): string[] {
  if (text.includes('\r')) return text.match(lineWithEnd) ?? [];
  const lines: string[] = [];
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    lines.push(text.slice(start, end + 1));
    start = end + 1;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** The line end of a line; empty where it has none. */
export function lineEnd(line: string): string {
  if (line.endsWith('\r\n')) return '\r\n';
  return line.endsWith('\n') || line.endsWith('\r') ? line.slice(-1) : '';
}

/** A line without its line end. */
export function lineText(line: string): string {
  return line.slice(0, line.length - lineEnd(line).length);
}

function isWide(encoding: TextEncoding): boolean {
  return encoding === 'utf16le' || encoding === 'utf16be';
}

/** UTF-16 by its byte order mark. UTF-32 begins with the same two bytes, but its NUL makes it binary. */
function wideEncoding(bytes: Uint8Array): 'utf16le' | 'utf16be' | undefined {
  if (bytes.length % 2 === 1) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be';
  return undefined;
}

/** By hand, because TextDecoder replaces lone surrogates, which must survive. */
function decodeWide(bytes: Uint8Array, encoding: 'utf16le' | 'utf16be'): string {
  const units = new Uint16Array(bytes.length / 2);
  const high = encoding === 'utf16be' ? 0 : 1;
  for (let index = 0; index < units.length; index += 1) {
    units[index] = ((bytes[2 * index + high] ?? 0) << 8) | (bytes[2 * index + 1 - high] ?? 0);
  }
  return decodeUnits(units);
}

/** One character per number, in slices because the number of arguments of a call is limited. */
function decodeUnits(units: ArrayLike<number>): string {
  const parts: string[] = [];
  for (let start = 0; start < units.length; start += 8192) {
    const slice = Array.prototype.slice.call(units, start, start + 8192) as number[];
    parts.push(String.fromCharCode(...slice));
  }
  return parts.join('');
}
