import type { TextDocument } from 'vscode';

const byteOrderMark = '\uFEFF';
/** `vscode.EndOfLine.CRLF`, as a number so that this file needs no VS Code to be tested. */
const crlf = 2;

/** The bytes VS Code would save, or undefined where the document is not UTF-8. */
export function documentBytes(document: TextDocument): Uint8Array | undefined {
  const text = document.getText();
  if (document.encoding === 'utf8') return Buffer.from(text);
  if (document.encoding === 'utf8bom') return Buffer.from(byteOrderMark + text);
  return undefined;
}

/**
 * The text a document needs so that saving it gives exactly `bytes`; undefined where it cannot hold them: other
 * encodings, bytes that are not UTF-8, a byte order mark too many or too few, mixed or different line ends.
 */
export function textForDocument(document: TextDocument, bytes: Uint8Array): string | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const marked = text.startsWith(byteOrderMark);
  if (document.encoding !== (marked ? 'utf8bom' : 'utf8')) return undefined;
  const body = marked ? text.slice(1) : text;
  const foreign = (document.eol as number) === crlf ? /\r(?!\n)|(?<!\r)\n/ : /\r/;
  return foreign.test(body) ? undefined : body;
}

/** True for equal bytes; null is an absent file. */
export function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b;
  return Buffer.compare(a, b) === 0;
}
