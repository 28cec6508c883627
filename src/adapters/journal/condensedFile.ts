import { randomUUID } from 'node:crypto';
import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import type { ThreadEvent } from '../../protocol/events';
import { decodeRecord, encodeRecord, JournalParser, journalFormat } from './journalLines';

/*
 * Beside a long journal stands `<id>.condensed`: the events a thread goes on from, as they were at one place of the
 * journal, in the same lines. Opening reads it and the journal from that place on. It holds nothing of its own: one that
 * is damaged, old or of another journal is passed over and made anew.
 */

/** Grows when other events are left out, or the head changes. */
const condensedFormat = 1;

/** Bytes that are written at once. */
const writeBytes = 1024 * 1024;

/** A place in a journal, right behind a whole record. */
export interface JournalMark {
  readonly journalBytes: number;
  /** Length of the record before it, and its bytes' checksum, by which the journal is known again. */
  readonly recordBytes: number;
  readonly checksum: string;
}

/** What the journal before a mark came to. */
export interface Condensed {
  readonly mark: JournalMark;
  readonly damagedLines: number;
  readonly events: readonly ThreadEvent[];
}

/** The first line of the file. */
interface Head {
  readonly kind: 'tandem.condensed';
  readonly format: number;
  readonly mark: JournalMark;
  readonly damagedLines: number;
  /** Number of records that follow. */
  readonly records: number;
}

/**
 * Reads the file where it belongs to the journal, which is open as `journal`; undefined where there is none, or none
 * that can be trusted.
 */
export function readCondensed(path: string, journal: number): Condensed | undefined {
  try {
    return parseCondensed(readFileSync(path), journal);
  } catch {
    return undefined;
  }
}

function parseCondensed(bytes: Buffer, journal: number): Condensed | undefined {
  const headEnd = bytes.indexOf('\n') + 1;
  const head = decodeRecord(bytes.subarray(0, headEnd - 1)) as Head | undefined;
  if (head?.kind !== 'tandem.condensed' || head.format !== condensedFormat) return undefined;
  const { mark, damagedLines, records } = head;
  if (!isMarkOf(journal, mark)) return undefined;
  const parser = new JournalParser(headEnd);
  parser.push(bytes.subarray(headEnd));
  const { events, wholeBytes } = parser;
  const isWhole =
    wholeBytes === bytes.length && parser.damagedLines === 0 && events.length === records;
  return isWhole ? { mark, damagedLines, events } : undefined;
}

/** Replaces the file in one step. @throws errors of the file system; then there is none. */
export function writeCondensed(path: string, { mark, damagedLines, events }: Condensed): void {
  const temporary = `${path}.${randomUUID()}`;
  const head: Head = {
    kind: 'tandem.condensed',
    format: condensedFormat,
    mark,
    damagedLines,
    records: events.length,
  };
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeRecords(file, [head, ...events]);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    rmSync(path, { force: true });
    throw error;
  }
}

/** The mark behind a whole record that ends at `journalBytes`; undefined where there is no such record. */
export function markAt(
  journal: number,
  journalBytes: number,
  recordBytes: number,
): JournalMark | undefined {
  const line = readRange(journal, journalBytes - recordBytes, recordBytes);
  if (line.length === 0 || line.length !== recordBytes || !decodeRecord(line.subarray(0, -1))) {
    return undefined;
  }
  return { journalBytes, recordBytes, checksum: line.toString('latin1', 0, 8) };
}

/** True where the journal is one this version reads, and has the marked record at its place. */
function isMarkOf(journal: number, mark: JournalMark): boolean {
  const parser = new JournalParser();
  parser.push(readRange(journal, 0, 4096));
  if (parser.header && parser.header.format > journalFormat) return false;
  return markAt(journal, mark.journalBytes, mark.recordBytes)?.checksum === mark.checksum;
}

/** The bytes of a file from an offset on; fewer where it ends before. */
export function readRange(file: number, start: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, bytes, done, length - done, start + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

function writeRecords(file: number, records: readonly object[]): void {
  let waiting: Buffer[] = [];
  let length = 0;
  const flush = () => {
    const bytes = Buffer.concat(waiting);
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    waiting = [];
    length = 0;
  };
  for (const record of records) {
    const line = encodeRecord(record);
    waiting.push(line);
    length += line.length;
    if (length >= writeBytes) flush();
  }
  flush();
}
