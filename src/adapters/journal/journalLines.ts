import { crc32 } from 'node:zlib';
import type { ThreadEvent } from '../../protocol/events';

/*
 * A journal is a text file: one record a line, each `<CRC-32 of the JSON, 8 hex digits> <JSON>\n`. The first record is
 * the header, all others are events.
 */

/** The format this version writes, and the newest it reads. */
export const journalFormat = 1;

const lineFeed = 0x0a;
const checksumBytes = 9;

/** The first record of a journal. */
export interface JournalHeader {
  readonly kind: 'tandem.thread';
  readonly format: number;
  readonly threadId: string;
}

/** What is in the bytes of a journal. */
export interface ParsedJournal {
  /** Absent where the first line is damaged or missing. */
  readonly header: JournalHeader | undefined;
  readonly events: readonly ThreadEvent[];
  /** Lines between whole ones that are not what was written. */
  readonly damagedLines: number;
  /** Offset behind the last whole record; what follows was not written completely. */
  readonly wholeBytes: number;
}

/** A record as the bytes of its line. */
export function encodeRecord(record: object): Buffer {
  const json = Buffer.from(JSON.stringify(record));
  const checksum = crc32(json).toString(16).padStart(8, '0');
  return Buffer.concat([Buffer.from(`${checksum} `), json, Buffer.of(lineFeed)]);
}

/** Reads all whole records, whatever stands between them. Never throws. */
export function parseJournal(bytes: Buffer): ParsedJournal {
  const parser = new JournalParser();
  parser.push(bytes);
  return parser;
}

/** Reads a journal piece by piece. Never throws. */
export class JournalParser implements ParsedJournal {
  header: JournalHeader | undefined;
  events: ThreadEvent[] = [];
  damagedLines = 0;
  wholeBytes: number;
  /** Length of the last whole record with its line feed; 0 before the first. */
  lastRecordBytes = 0;
  private damagedAtEnd = 0;
  private position: number;

  /** @param start offset of the first line that is pushed. */
  constructor(start = 0) {
    this.position = start;
    this.wholeBytes = start;
  }

  /** True once a line ended, whole or not. */
  get sawLine(): boolean {
    return this.position > 0;
  }

  /** Takes the lines that end in these bytes; answers how many bytes they are. What follows is to be pushed again. */
  push(bytes: Buffer): number {
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(lineFeed, start);
      if (end < 0) return start;
      this.position += end + 1 - start;
      this.take(decodeRecord(bytes.subarray(start, end)), end + 1 - start);
      start = end + 1;
    }
  }

  private take(record: Readonly<Record<string, unknown>> | undefined, length: number): void {
    if (record === undefined) {
      this.damagedAtEnd += 1;
      return;
    }
    if (isHeader(record)) this.header ??= record;
    else this.events.push(record as unknown as ThreadEvent);
    this.damagedLines += this.damagedAtEnd;
    this.damagedAtEnd = 0;
    this.wholeBytes = this.position;
    this.lastRecordBytes = length;
  }
}

/** The record of one line without its line feed; undefined where it is damaged. */
export function decodeRecord(line: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (line.length <= checksumBytes) return undefined;
  const json = line.subarray(checksumBytes);
  const expected = `${crc32(json).toString(16).padStart(8, '0')} `;
  if (line.toString('latin1', 0, checksumBytes) !== expected) return undefined;
  try {
    const value: unknown = JSON.parse(json.toString('utf8'));
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function isHeader(
  record: Readonly<Record<string, unknown>>,
): record is Record<string, unknown> & JournalHeader {
  return record.kind === 'tandem.thread' && typeof record.format === 'number';
}
