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
  readonly archived?: true;
}

/** How to take a thread for writing: only where nobody has it, or also from a window that has it. */
export type Claim = 'whenFree' | 'takeOver';

/** How much of a thread to read: every event, or those of a long thread that it goes on from (`condenseEvents`). */
export type Extent = 'whole' | 'condensed';

/** A thread in which all words of a search were found. */
export interface FoundThread {
  readonly id: ThreadId;
  /** The text around the first word in a message or a command; absent where the title has them all. */
  readonly excerpt?: string;
}

/** A thread read back. `repair` says in words for people what was damaged and what was kept. */
export interface ReadThread {
  readonly events: readonly ThreadEvent[];
  readonly repair?: string;
}

/** The journal of one thread, open for writing by this process alone. */
export interface Journal {
  /**
   * Writes the events in order; when it returns they are with the operating system, and no other process had taken
   * the thread over by then.
   * @throws JournalError; the journal ends as it did before the call.
   */
  append(events: readonly ThreadEvent[]): void;
  /** False where another process took the thread over or its folder is gone; costs a few microseconds. */
  isHeld(): boolean;
  /** Resolves when everything appended is on the disk itself. @throws JournalError as `append` does. */
  sync(): Promise<void>;
  close(): void;
}

/** The journal cannot be read or written; the message says what happened, what was kept and what to do. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  /** `elsewhere`: another window has the thread, so it can be read or taken over. */
  readonly owner: 'elsewhere' | undefined;

  constructor(message: string, options: { cause?: unknown; owner?: 'elsewhere' } = {}) {
    super(message, { cause: options.cause });
    this.owner = options.owner;
  }
}

/** Where threads are stored. */
export interface ThreadStore {
  /** @throws JournalError where another process owns the thread or the folder cannot be written. */
  create(id: ThreadId): Journal;
  /**
   * Reads a thread, a long one condensed, and opens it for going on; a torn tail is set aside. After a take-over the
   * process that had it can write nothing more, whenever it wakes up.
   * @throws JournalError where it does not exist, is of a newer format, or belongs to another process.
   */
  open(id: ThreadId, claim?: Claim): { readonly journal: Journal; readonly thread: ReadThread };
  /** Reads without owning it; whole where nothing else is said. */
  read(id: ThreadId, extent?: Extent): ReadThread;
  /** Newest first. Unreadable journals are left out of the list, never deleted. */
  list(): readonly StoredThread[];
  /**
   * The threads of `among` that hold all words of `query` in their title, messages and commands, in the order given.
   * Reads in slices, so that nothing else waits; an aborted signal ends it with what was found.
   */
  search(
    query: string,
    among: readonly StoredThread[],
    signal: AbortSignal,
  ): Promise<readonly FoundThread[]>;
  /** Removes everything that was stored of a thread. @throws JournalError where another process owns it. */
  delete(id: ThreadId): void;
}
