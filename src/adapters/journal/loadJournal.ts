import { closeSync, fstatSync, openSync } from 'node:fs';
import { condenseEvents } from '../../protocol/condenseEvents';
import { markAt, readCondensed, readRange, type Condensed } from './condensedFile';
import { JournalParser, type ParsedJournal } from './journalLines';

/** Bytes of a journal that are in memory at once. */
const sliceBytes = 8 * 1024 * 1024;

/** Where a journal is, and the file beside it that spares reading all of it. */
export interface JournalPaths {
  readonly journal: string;
  readonly condensed: string;
  /** Bytes of a journal that are read without condensing them. */
  readonly condenseEvery: number;
}

/** A journal as a thread needs it that goes on. */
export interface LoadedJournal extends ParsedJournal {
  /** What follows the last whole record. */
  readonly tail: Buffer;
  /** False where not even one line ended. */
  readonly sawLine: boolean;
  /** Offset up to which the stored condensed file goes; 0 where there is none. */
  readonly condensedBytes: number;
  /** What is worth storing, where there is much that is not condensed yet. */
  readonly toStore: Condensed | undefined;
}

/**
 * Reads what a thread needs to go on: what is condensed already, and the journal behind it. However long the journal
 * is, memory holds what is condensed and a slice; a short journal comes whole.
 */
export function loadJournal(paths: JournalPaths): LoadedJournal {
  const file = openSync(paths.journal, 'r');
  try {
    const stored = readCondensed(paths.condensed, file);
    const size = fstatSync(file).size;
    const start = stored?.mark.journalBytes ?? 0;
    const parser = new JournalParser(start);
    parser.events = [...(stored?.events ?? [])];
    parser.damagedLines = stored?.damagedLines ?? 0;
    let uncondensed = 0;
    let rest: Buffer = Buffer.alloc(0);
    for (let at = start; at < size;) {
      const slice = readRange(file, at, Math.min(sliceBytes, size - at));
      if (slice.length === 0) break;
      at += slice.length;
      const bytes = rest.length === 0 ? slice : Buffer.concat([rest, slice]);
      rest = bytes.subarray(parser.push(bytes));
      uncondensed += slice.length;
      if (uncondensed < paths.condenseEvery) continue;
      parser.events = condenseEvents(parser.events);
      uncondensed = 0;
    }
    const { header, events, damagedLines, wholeBytes, sawLine } = parser;
    const isMuch = wholeBytes - start >= paths.condenseEvery;
    const mark = isMuch ? markAt(file, wholeBytes, parser.lastRecordBytes) : undefined;
    const toStore = mark && { mark, damagedLines, events: condenseEvents(events) };
    return {
      header,
      events: toStore?.events ?? events,
      damagedLines,
      wholeBytes,
      sawLine,
      tail: readRange(file, wholeBytes, size - wholeBytes),
      condensedBytes: start,
      toStore,
    };
  } finally {
    closeSync(file);
  }
}
