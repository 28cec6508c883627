import type { ThreadEvent } from '../../protocol/events';
import { checkHeader, readRecord } from './record';

/** What a journal file holds. */
export interface JournalContent {
  readonly events: readonly ThreadEvent[];
  /** Bytes up to the end of the last whole record; what follows is a torn tail. */
  readonly committedBytes: number;
  /** Records in the middle that were damaged and passed over. */
  readonly damaged: number;
}

const lineEnd = 0x0a;

/**
 * Reads a journal as far as it is whole. A record counts where its checksum fits; damaged ones between whole ones are
 * passed over and counted, what follows the last whole one is a tail torn by a crash.
 * @throws JournalError where it is no journal, or one of a newer format.
 */
export function readJournal(bytes: Buffer): JournalContent {
  const headerEnd = bytes.indexOf(lineEnd);
  checkHeader(bytes.toString('utf8', 0, headerEnd < 0 ? bytes.length : headerEnd));
  const events: ThreadEvent[] = [];
  let committedBytes = headerEnd + 1;
  let damaged = 0;
  let damagedSince = 0;
  for (let start = headerEnd + 1; start < bytes.length;) {
    const end = bytes.indexOf(lineEnd, start);
    if (end < 0) break;
    const event = readRecord(bytes.toString('utf8', start, end));
    if (event) {
      events.push(event);
      committedBytes = end + 1;
      damaged += damagedSince;
      damagedSince = 0;
    } else {
      damagedSince++;
    }
    start = end + 1;
  }
  return { events, committedBytes, damaged };
}
