import type { ThreadEvent } from '../protocol/events';
import type { ThreadId } from '../protocol/ids';

/** What is known of a stored thread without reading all of it. */
export interface StoredThread {
  readonly id: ThreadId;
  readonly title: string;
  /** Absolute folder it worked in. */
  readonly cwd: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

/** A thread read back. `repair` says in words for people what was damaged and what was kept. */
export interface ReadThread {
  readonly events: readonly ThreadEvent[];
  readonly repair?: string;
}

/** The journal of one thread, open for writing by this process alone. */
export interface Journal {
  /**
   * Writes the events in order; when it returns they are with the operating system.
   * @throws JournalError; the journal ends as it did before the call.
   */
  append(events: readonly ThreadEvent[]): void;
  /** Resolves when everything appended is on the disk itself. */
  sync(): Promise<void>;
  close(): void;
}

/** The journal cannot be read or written; the message says what happened, what was kept and what to do. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

/** Where threads are stored. */
export interface ThreadStore {
  /** @throws JournalError where another process owns the thread or the folder cannot be written. */
  create(id: ThreadId): Journal;
  /**
   * Reads a thread and opens it for going on; a torn tail is set aside.
   * @throws JournalError where it does not exist, is of a newer format, or belongs to another process.
   */
  open(id: ThreadId): { readonly journal: Journal; readonly thread: ReadThread };
  /** Reads without owning it. */
  read(id: ThreadId): ReadThread;
  /** Newest first. Unreadable journals are left out of the list, never deleted. */
  list(): readonly StoredThread[];
  delete(id: ThreadId): void;
}
