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
export function encodeRecord(record: JournalHeader | ThreadEvent): Buffer {
  const json = Buffer.from(JSON.stringify(record));
  const checksum = crc32(json).toString(16).padStart(8, '0');
  return Buffer.concat([Buffer.from(`${checksum} `), json, Buffer.of(lineFeed)]);
}

/** Reads all whole records, whatever stands between them. Never throws. */
export function parseJournal(bytes: Buffer): ParsedJournal {
  const events: ThreadEvent[] = [];
  let header: JournalHeader | undefined;
  let damagedLines = 0;
  let damagedAtEnd = 0;
  let wholeBytes = 0;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(lineFeed, start);
    if (end < 0) break;
    const record = decodeRecord(bytes.subarray(start, end));
    if (record === undefined) damagedAtEnd += 1;
    else {
      if (isHeader(record)) header ??= record;
      else events.push(record as unknown as ThreadEvent);
      damagedLines += damagedAtEnd;
      damagedAtEnd = 0;
      wholeBytes = end + 1;
    }
    start = end + 1;
  }
  return { header, events, damagedLines, wholeBytes };
}

/** The record of one line without its line feed; undefined where it is damaged. */
function decodeRecord(line: Buffer): Readonly<Record<string, unknown>> | undefined {
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
