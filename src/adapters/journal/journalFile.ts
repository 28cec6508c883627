import * as l10n from '@vscode/l10n';
import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { ThreadEvent } from '../../protocol/events';
import { JournalError, type Journal } from '../../ports/threadStore';
import { encodeRecord, type JournalHeader } from './journalLines';
import type { JournalLock } from './journalLock';
import { storageFault } from './storageFault';

export interface JournalFileParts {
  readonly path: string;
  readonly file: number;
  readonly lock: JournalLock;
  /** Bytes that are whole records; everything is written behind them. */
  readonly committedBytes: number;
  /** Called after events are written, with the bytes of the journal by then. */
  readonly onAppended: (events: readonly ThreadEvent[], committedBytes: number) => void;
}

/** A journal open for writing. What counts is `committedBytes`: a failed write is cut back to it. */
export class JournalFile implements Journal {
  private committedBytes: number;
  private torn = false;
  private folderSynced = false;
  private closed = false;
  private syncing = 0;
  /** Bytes that are certainly on the disk, and whether a later sync failed. */
  private safeBytes: number;
  private unsafe = false;

  constructor(private readonly parts: JournalFileParts) {
    this.committedBytes = parts.committedBytes;
    this.safeBytes = parts.committedBytes;
  }

  append(events: readonly ThreadEvent[]): void {
    if (events.length === 0) return;
    this.write(Buffer.concat(events.map(encodeRecord)));
    this.parts.onAppended(events, this.committedBytes);
  }

  isHeld(): boolean {
    return !this.closed && this.parts.lock.isHeld();
  }

  writeHeader(header: JournalHeader): void {
    this.write(encodeRecord(header));
  }

  async sync(): Promise<void> {
    if (this.closed) return;
    this.syncing += 1;
    const bytes = this.committedBytes;
    try {
      if (this.unsafe) this.writeAgain();
      await new Promise<void>((resolve, reject) => {
        fdatasync(this.parts.file, (error) => (error ? reject(error) : resolve()));
      });
      if (!this.folderSynced) this.syncFolder();
      this.safeBytes = bytes;
      this.unsafe = false;
    } catch (error) {
      this.unsafe = true;
      throw storageFault(
        l10n.t('The thread could not be made safe on the disk'),
        error,
        l10n.t('It is written, but a power cut could lose its end.'),
      );
    } finally {
      this.syncing -= 1;
      if (this.closed && this.syncing === 0) closeSync(this.parts.file);
    }
    // What follows a sync cannot be redone, so it is only for whoever still has the thread.
    if (!this.closed) this.requireLock();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.syncing === 0) closeSync(this.parts.file);
    this.parts.lock.release();
  }

  private write(bytes: Buffer): void {
    if (this.closed) {
      throw new JournalError(l10n.t('The thread is closed. Open it again to go on.'));
    }
    this.requireLock();
    try {
      this.repair();
      for (let done = 0; done < bytes.length;) {
        this.torn = true;
        const at = this.committedBytes + done;
        const written = writeSync(this.parts.file, bytes, done, bytes.length - done, at);
        if (written === 0) throw new Error('nothing was written');
        done += written;
      }
      this.torn = false;
      this.committedBytes += bytes.length;
    } catch (error) {
      this.tryRepair();
      throw storageFault(
        l10n.t('The thread could not be stored'),
        error,
        l10n.t('Everything before this is kept, nothing half-written stays.'),
      );
    }
    // A process can be stopped for minutes between the check and the write. Whoever takes over takes the lock first
    // and copies the file then, so what was written with the lock still ours afterwards is in that copy.
    this.requireLock();
  }

  /** A file whose folder was deleted could be written to for ever, and nobody would find it again. */
  private requireLock(): void {
    if (this.parts.lock.isHeld()) return;
    const gone = statSync(this.parts.path, { throwIfNoEntry: false }) === undefined;
    throw gone
      ? new JournalError(
          l10n.t(
            'The thread can no longer be stored: it was deleted, or the folder of threads is gone. Start a new thread.',
          ),
        )
      : new JournalError(
          l10n.t(
            'The thread can no longer be stored here: another window took it over. What was stored before is kept. Go on there, or take it over again.',
          ),
          { owner: 'elsewhere' },
        );
  }

  /** Cuts off what a failed write left behind. */
  private repair(): void {
    if (!this.torn) return;
    ftruncateSync(this.parts.file, this.committedBytes);
    this.torn = false;
  }

  private tryRepair(): void {
    try {
      this.repair();
    } catch {
      // The next write tries again before it writes; opening the journal sets a torn tail aside.
    }
  }

  /**
   * After a failed sync the kernel takes what it could not write for written, so the next sync would succeed without
   * it (Linux, `fsync(2)`). Writing the same bytes again makes them count as new.
   */
  private writeAgain(): void {
    const bytes = Buffer.alloc(this.committedBytes - this.safeBytes);
    readSync(this.parts.file, bytes, 0, bytes.length, this.safeBytes);
    for (let done = 0; done < bytes.length;) {
      const at = this.safeBytes + done;
      done += writeSync(this.parts.file, bytes, done, bytes.length - done, at);
    }
  }

  /** A new file is only found again after a power cut when its folder is on the disk, too. */
  private syncFolder(): void {
    const folder = openSync(dirname(this.parts.path), 'r');
    try {
      fsyncSync(folder);
      this.folderSynced = true;
    } finally {
      closeSync(folder);
    }
  }
}
