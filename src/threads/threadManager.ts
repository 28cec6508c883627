import * as l10n from '@vscode/l10n';
import { Emitter } from '../base/emitter';
import { ToldError, toldMessage } from '../base/toldError';
import { JournalError, type Claim, type FoundThread } from '../ports/threadStore';
import { newId, type ThreadId, type TurnId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { ThreadEvent } from '../protocol/events';
import { runningTurn } from '../protocol/threadState';
import type { ExportFormat, ThreadSummary } from '../protocol/viewProtocol';
import { exportAudit } from './audit';
import { exportJsonLines, exportMarkdown } from './exportThread';
import { contentsToForget } from './forgetContents';
import { Deletions } from './deletions';
import { FolderWrites } from './folderWrites';
import { forkEvents } from './forkEvents';
import { Thread } from './thread';
import type { StoredContent } from './threadParts';
import type { ThreadPorts } from './threadPorts';
import { nameByModel } from './titler';

/** Opens, lists and closes the threads of one host. */
export class ThreadManager {
  private readonly threads = new Map<ThreadId, Thread>();
  /**
   * Threads that nobody looks at, oldest first: they are closed as soon as nothing runs in them, but for a few whose
   * changes wait for review. Those see what is done to their files meanwhile, so that they can still be settled.
   */
  private readonly left = new Set<ThreadId>();
  private searching = new AbortController();
  private readonly events = new Emitter<{ readonly thread: Thread; readonly event: ThreadEvent }>();

  private readonly deletionFailed = new Emitter<ToldError>();

  /** Events of all threads that are open here, looked at or not. */
  readonly onEvent = this.events.event;
  /** Why a thread that was deleted some seconds ago is stored and in the list again. */
  readonly onDeletionFailed = this.deletionFailed.event;

  private readonly ports: ThreadPorts;
  private readonly deletions: Deletions;

  constructor(ports: ThreadPorts) {
    this.ports = { ...ports, folderWrites: new FolderWrites() };
    this.deletions = new Deletions(
      ports.clock,
      (id) => this.delete(id),
      (id, error) => this.tellNotDeleted(id, error),
    );
  }

  /** The threads that are open here, looked at or not. */
  opened(): readonly Thread[] {
    return [...this.threads.values()];
  }

  /** A new thread on a folder (absolute); it is stored with its first turn. */
  start(cwd: string): Thread {
    return this.adopt(new Thread(newId(), cwd, this.ports));
  }

  /**
   * An open thread, or a stored one read back. One that another window owns is opened for reading; opening it again
   * reads it anew, and owns it where it is free by then.
   * @throws JournalError where it cannot be read.
   */
  open(id: ThreadId): Thread {
    this.left.delete(id);
    this.deletions.undo(id);
    const known = this.threads.get(id);
    known?.checkOwner();
    if (known && !known.readOnly) return known;
    const stored = this.readStored(id, 'whenFree');
    known?.release();
    return this.adopt(new Thread(id, '', this.ports, stored));
  }

  /** Opens a thread that another window owns; that one can store nothing more. @throws JournalError */
  takeOver(id: ThreadId): Thread {
    const known = this.threads.get(id);
    known?.checkOwner();
    if (known && !known.readOnly) return known;
    const stored = this.readStored(id, 'takeOver');
    known?.release();
    return this.adopt(new Thread(id, '', this.ports, stored));
  }

  /**
   * Copies what was before a turn, or all that is whole, into a thread of its own and answers what the person had said
   * in that turn.
   * @throws JournalError where it cannot be read or stored, has no such turn, or nothing to copy.
   */
  fork(
    id: ThreadId,
    turnId?: TurnId,
  ): { readonly thread: Thread; readonly input: UserInput | null } {
    const { store, clock } = this.ports;
    const threadId = newId();
    const fork = forkEvents(store.read(id).events, turnId, { threadId, at: clock.now() });
    if (!fork) {
      throw new JournalError(
        turnId === undefined
          ? l10n.t('Nothing was said in this thread yet.')
          : l10n.t('There is no such message in this thread.'),
      );
    }
    const journal = store.create(threadId);
    try {
      journal.append(fork.events);
    } catch (error) {
      journal.close();
      store.delete(threadId);
      throw error;
    }
    const thread = new Thread(threadId, '', this.ports, {
      journal,
      thread: { events: fork.events },
    });
    return { thread: this.adopt(thread), input: fork.input };
  }

  /** Gives a thread, open or not, another title. @throws JournalError */
  rename(id: ThreadId, title: string): void {
    this.withThread(id, (thread) => thread.rename(title));
  }

  /** Puts a thread, open or not, out of the list at hand or back into it. @throws JournalError */
  archive(id: ThreadId, archived: boolean): void {
    this.withThread(id, (thread) => thread.archive(archived));
  }

  /** Stored threads of a folder (all where absent), newest first. */
  list(cwd?: string): readonly ThreadSummary[] {
    return this.stored(cwd).map(({ id, title, updatedAt, archived }) => ({
      id,
      title,
      updatedAt,
      running: this.isRunning(id),
      ...(archived ? { archived } : {}),
    }));
  }

  /** The threads of a folder in which all words of `query` are found, newest first. A new search ends the one before. */
  search(query: string, cwd?: string): Promise<readonly FoundThread[]> {
    this.searching.abort();
    this.searching = new AbortController();
    return this.ports.store.search(query, this.stored(cwd), this.searching.signal);
  }

  /** A thread as a text for reading or for programs. @throws JournalError */
  export(id: ThreadId, format: ExportFormat): string {
    const { events } = this.ports.store.read(id);
    if (format === 'audit') return exportAudit(events);
    return format === 'markdown' ? exportMarkdown(events) : exportJsonLines(events);
  }

  /** Why commands cannot be confined on this machine, and what to do; undefined where they can. */
  async sandboxUnavailable(): Promise<string | undefined> {
    const { sandbox } = this.ports;
    await sandbox.check();
    return sandbox.unavailable?.();
  }

  /** Nobody looks at the thread any more: it is closed now, or when what runs in it has ended. */
  leave(id: ThreadId): void {
    this.left.delete(id);
    this.left.add(id);
    // Others may have been kept by a command in the background that has ended since.
    for (const each of this.left) this.closeIfIdle(each);
  }

  /** Stops a thread and takes it out of the list; for some seconds it can be brought back, then it is deleted. */
  async deleteSoon(id: ThreadId): Promise<void> {
    this.deletions.add(id);
    await this.close(id);
  }

  private tellNotDeleted(id: ThreadId, error: unknown): void {
    const { title = '' } = this.list().find((thread) => thread.id === id) ?? {};
    const say = () =>
      l10n.t(
        'The thread "{0}" was not deleted. {1}',
        title || l10n.t('Untitled thread'),
        toldMessage(error),
      );
    this.deletionFailed.fire(new ToldError(say, { cause: error }));
  }

  /** Keeps a thread that was to be deleted; false where it is deleted already. */
  undoDelete(id: ThreadId): boolean {
    return this.deletions.undo(id);
  }

  /** Closes a thread and deletes everything stored of it. */
  async delete(id: ThreadId): Promise<void> {
    await this.close(id);
    const forget = contentsToForget(this.ports, id);
    this.ports.store.delete(id);
    await forget();
  }

  /** Ends a thread's turn and lets go of it; what is stored stays. */
  async close(id: ThreadId): Promise<void> {
    const thread = this.threads.get(id);
    this.threads.delete(id);
    this.left.delete(id);
    await thread?.dispose();
  }

  async dispose(): Promise<void> {
    this.searching.abort();
    await this.deletions.flush();
    await Promise.all([...this.threads.keys()].map((id) => this.close(id)));
  }

  private adopt(thread: Thread): Thread {
    this.threads.set(thread.id, thread);
    nameByModel(thread, this.ports);
    thread.onEvent((event) => this.events.fire({ thread, event }));
    thread.goOn();
    // A turn may open the next one right after its last event, so what is left is looked at a moment later.
    thread.onEvent(({ type }) => {
      if (!this.left.has(thread.id) || !mayBeLast.has(type)) return;
      setTimeout(() => this.closeIfIdle(thread.id), settleMs);
    });
    return thread;
  }

  private closeIfIdle(id: ThreadId): void {
    const thread = this.threads.get(id);
    if (!this.left.has(id) || !thread?.idle || this.isKept(id)) return;
    this.left.delete(id);
    this.threads.delete(id);
    // Released at once, so that it can be opened again in the same moment.
    thread.release();
    void thread.dispose();
  }

  private isKept(id: ThreadId): boolean {
    const waiting = [...this.left].filter((each) => {
      const thread = this.threads.get(each);
      return thread && !thread.readOnly && thread.state.changes.files.length > 0;
    });
    return waiting.slice(-maxKept).includes(id);
  }

  private readStored(id: ThreadId, claim: Claim): StoredContent {
    const { store } = this.ports;
    try {
      const { journal, thread } = store.open(id, claim);
      return { journal, thread, ...(claim === 'takeOver' ? { takenOver: true } : {}) };
    } catch (error) {
      if (!(error instanceof JournalError) || error.owner !== 'elsewhere') throw error;
      return { thread: store.read(id, 'condensed') };
    }
  }

  /** Acts on a thread that is open, or is for this moment. @throws JournalError where another window owns it. */
  private withThread(id: ThreadId, act: (thread: Thread) => void): void {
    const known = this.threads.get(id);
    if (known) return act(known);
    const thread = new Thread(id, '', this.ports, this.ports.store.open(id));
    try {
      act(thread);
    } finally {
      thread.release();
    }
  }

  private stored(cwd: string | undefined) {
    return this.ports.store
      .list()
      .filter(({ id }) => !this.deletions.has(id))
      .filter((thread) => cwd === undefined || thread.cwd === cwd);
  }

  private isRunning(id: ThreadId): boolean {
    const thread = this.threads.get(id);
    return thread !== undefined && !thread.readOnly && runningTurn(thread.state) !== undefined;
  }
}

/** Threads with pending changes that stay open while nobody looks at them; each follows its own files. */
const maxKept = 8;

const settleMs = 50;

const turnEnds: ReadonlySet<string> = new Set([
  'turn.completed',
  'turn.interrupted',
  'turn.failed',
]);

/** What may be the last event of a thread that nobody looks at; an item where its last turn was reviewed. */
const mayBeLast: ReadonlySet<string> = new Set([
  ...turnEnds,
  ...['input.waiting', 'item.completed', 'changes.updated'],
]);
