import { closeSync, fdatasync, ftruncateSync, writeSync } from 'node:fs';
import { JournalError, type Journal } from '../../ports/threadStore';
import type { ThreadEvent } from '../../protocol/events';
import { recordLine } from './record';

/** A journal file that this process owns. */
export class FileJournal implements Journal {
  private closed = false;

  /** @param committedBytes length of the file up to its last whole record. */
  constructor(
    private readonly descriptor: number,
    private committedBytes: number,
    private readonly release: () => void,
  ) {}

  append(events: readonly ThreadEvent[]): void {
    if (this.closed) throw new JournalError('The thread was closed; nothing more is stored.');
    const bytes = Buffer.from(events.map(recordLine).join(''));
    try {
      // A disk that fills up takes part of a buffer without an error; only the next write fails.
      for (let written = 0; written < bytes.length;) {
        const position = this.committedBytes + written;
        written += writeSync(this.descriptor, bytes, written, bytes.length - written, position);
      }
      this.committedBytes += bytes.length;
    } catch (error) {
      this.takeBack();
      const reason = (error as Error).message;
      throw new JournalError(
        `The thread could not be stored (${reason}). Everything up to here is kept; make room or fix the folder and go on.`,
      );
    }
  }

  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fdatasync(this.descriptor, (error) => {
        if (!error) resolve();
        else reject(new JournalError(`The thread may not be safe on the disk: ${error.message}`));
      });
    });
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    closeSync(this.descriptor);
    this.release();
  }

  /** The file ends with its last whole record again, so that nothing is glued to half a one. */
  private takeBack(): void {
    try {
      ftruncateSync(this.descriptor, this.committedBytes);
    } catch {
      // The next append writes over the same place; the reader knows torn tails.
    }
  }
}
