import { crc32 } from 'node:zlib';
import { JournalError } from '../../ports/threadStore';
import type { ThreadEvent } from '../../protocol/events';

/** Grows when old versions of Tandem could no longer read what new ones write. */
export const formatVersion = 1;

const headerKind = 'tandem-journal';

/** The first line of every journal. */
export function headerLine(): string {
  return `${JSON.stringify({ kind: headerKind, version: formatVersion })}\n`;
}

/** @throws JournalError where this is no journal, or one of a newer format. */
export function checkHeader(line: string): void {
  let header: { kind?: unknown; version?: unknown };
  try {
    header = JSON.parse(line) as typeof header;
  } catch {
    header = {};
  }
  if (header.kind !== headerKind || typeof header.version !== 'number') {
    throw new JournalError('The file is not a thread journal of Tandem. It was left as it is.');
  }
  if (header.version > formatVersion) {
    throw new JournalError(
      `The thread was written by a newer version of Tandem (format ${header.version}). It was left as it is; update Tandem to open it.`,
    );
  }
}

/** One event as a line: eight hex digits of CRC-32 over the JSON after them, a space, the JSON. */
export function recordLine(event: ThreadEvent): string {
  const json = JSON.stringify(event);
  return `${checksum(json)} ${json}\n`;
}

/** The event of a line (without its line end); undefined where the line is damaged. */
export function readRecord(line: string): ThreadEvent | undefined {
  const json = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== checksum(json)) return undefined;
  return JSON.parse(json) as ThreadEvent;
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
