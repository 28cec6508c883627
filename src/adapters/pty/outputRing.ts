import { inEnglish } from '../../base/language';
import { omittedWords } from './omittedWords';

/**
 * Keeps the beginning and the end of what a command prints: half the capacity each. What falls out of the middle is
 * counted, never kept, so that endless output costs no memory.
 */
export class OutputRing {
  private readonly half: number;
  private head: Buffer[] = [];
  private headBytes = 0;
  private tail: Buffer | undefined;
  /** Bytes ever written to the tail; the ring's position follows from it. */
  private tailWritten = 0;

  /** @param capacity Bytes kept at most. */
  constructor(capacity = 1024 * 1024) {
    this.half = Math.floor(capacity / 2);
  }

  push(chunk: Buffer): void {
    const room = this.half - this.headBytes;
    if (room > 0) {
      const part = chunk.subarray(0, room);
      this.head.push(part);
      this.headBytes += part.length;
    }
    if (chunk.length > room) this.pushTail(chunk.subarray(room));
  }

  /**
   * Hands over what is kept, for the model, and begins anew. A gap is marked in the text. Unless `last`, a character or an escape
   * sequence that is not whole yet stays for the next time.
   */
  take(last: boolean): { readonly text: string; readonly omittedBytes: number } {
    const head = Buffer.concat(this.head);
    const tail = this.readTail();
    const omittedBytes = Math.max(0, this.tailWritten - this.half);
    this.head = [];
    this.headBytes = 0;
    this.tailWritten = 0;
    const end = tail.length > 0 ? tail : head;
    const open = last ? 0 : openCharacterBytes(end) || openEscapeBytes(end);
    if (open > 0) this.push(Buffer.from(end.subarray(end.length - open)));
    const kept = end.subarray(0, end.length - open);
    if (omittedBytes === 0) {
      const text = tail.length > 0 ? Buffer.concat([head, kept]) : kept;
      return { text: text.toString('utf8'), omittedBytes };
    }
    const before = head.subarray(0, head.length - openCharacterBytes(head)).toString('utf8');
    const after = kept.subarray(strayBytes(kept)).toString('utf8');
    const note = inEnglish(() => omittedWords(omittedBytes));
    return { text: `${before}\n${note}\n${after}`, omittedBytes };
  }

  /** What is kept as a person's terminal shows it; it stays. */
  read(): string {
    const head = Buffer.concat(this.head);
    const tail = this.copyTail();
    const omittedBytes = Math.max(0, this.tailWritten - this.half);
    if (omittedBytes === 0) return Buffer.concat([head, tail]).toString('utf8');
    const before = head.subarray(0, head.length - openCharacterBytes(head)).toString('utf8');
    const after = tail.subarray(strayBytes(tail)).toString('utf8');
    return `${before}\r\n${omittedWords(omittedBytes)}\r\n${after}`;
  }

  private pushTail(chunk: Buffer): void {
    this.tail ??= Buffer.allocUnsafe(this.half);
    const kept = chunk.subarray(Math.max(0, chunk.length - this.half));
    const start = (this.tailWritten + chunk.length - kept.length) % this.half;
    const first = kept.subarray(0, this.half - start);
    first.copy(this.tail, start);
    kept.copy(this.tail, 0, first.length);
    this.tailWritten += chunk.length;
  }

  private readTail(): Buffer {
    const tail = this.copyTail();
    this.tail = undefined;
    return tail;
  }

  private copyTail(): Buffer {
    const { tail } = this;
    if (!tail || this.tailWritten === 0) return Buffer.alloc(0);
    if (this.tailWritten <= this.half) return tail.subarray(0, this.tailWritten);
    const start = this.tailWritten % this.half;
    return Buffer.concat([tail.subarray(start), tail.subarray(0, start)]);
  }
}

/** How many bytes at the end begin a character that goes on elsewhere; 0 to 3. */
function openCharacterBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** Longer sequences are no sequences, or not worth waiting for. */
const longestEscape = 128;
/** The beginning of a control sequence, of a string (OSC, DCS and the like), or of a short sequence (ECMA-48). */

const openEscape = /\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b\n]*\x1b?|[ -/]*)$/;

/** How many bytes at the end begin an escape sequence that goes on elsewhere. */
function openEscapeBytes(bytes: Buffer): number {
  const end = bytes.subarray(Math.max(0, bytes.length - longestEscape)).toString('latin1');
  return openEscape.exec(end)?.[0].length ?? 0;
}

/** How many bytes at the start belong to a character that began elsewhere; 0 to 3. */
function strayBytes(bytes: Buffer): number {
  let count = 0;
  while (count < 3 && isContinuation(bytes[count] ?? 0)) count++;
  return count;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
