import { Emitter } from '../../base/emitter';
import type { ThreadEvent } from '../../protocol/events';
import type { ThreadId } from '../../protocol/ids';
import { openQuestion, waitingPlan, type ThreadState } from '../../protocol/threadState';

/** How a turn ended that the person did not see end. */
export type Ending = 'completed' | 'planned' | 'failed' | 'limited';

/** Something that the person may want to know at once. */
export interface News {
  readonly threadId: ThreadId;
  /** Of the thread; text from the model. */
  readonly title: string;
  readonly kind: 'approval' | 'question' | Ending;
}

/** What of one thread is for the person. */
export interface ThreadNeed {
  readonly threadId: ThreadId;
  /** Approvals and questions that wait for an answer. */
  readonly approvals: number;
  readonly questions: number;
  /** Present until the person has seen the thread. */
  readonly ending?: Ending;
}

/**
 * What waits for the person in all threads that are open here, and what ended while they did not look. A thread is
 * seen when it is in sight of a person who is in the window.
 */
export class Attention {
  private readonly byThread = new Map<ThreadId, ThreadNeed>();
  private readonly changed = new Emitter<void>();
  private readonly news = new Emitter<News>();

  /** Fires when `needs` are others. */
  readonly onDidChange = this.changed.event;
  /** Fires when something begins to wait, and when a turn ended unseen. */
  readonly onNews = this.news.event;

  constructor(private readonly isSeen: (threadId: ThreadId) => boolean) {}

  /** Threads that need the person: first those that cannot go on without them, the oldest first. */
  get needs(): readonly ThreadNeed[] {
    const all = [...this.byThread.values()];
    return [...all.filter(isBlocked), ...all.filter((need) => !isBlocked(need))];
  }

  isUnread(threadId: ThreadId): boolean {
    return this.byThread.get(threadId)?.ending !== undefined;
  }

  /** Takes note of an event; `state` has it folded in. */
  observe(state: ThreadState, event: ThreadEvent): void {
    switch (event.type) {
      case 'approval.requested':
        this.note(state);
        return this.tell(state, 'approval');
      case 'approval.resolved':
        return this.note(state);
      case 'item.started':
      case 'item.completed':
        if (event.item.type !== 'question') return;
        this.note(state);
        return event.type === 'item.started' ? this.tell(state, 'question') : undefined;
      case 'turn.started':
        return this.note(state, { ending: undefined });
      case 'turn.completed':
        return this.end(state, waitingPlan(state) ? 'planned' : 'completed');
      case 'turn.failed':
        return this.end(state, 'failed');
      case 'turn.interrupted':
        return event.by === 'limit' ? this.end(state, 'limited') : this.note(state);
      default:
    }
  }

  /** The person may see other threads now: what they see is read. */
  look(): void {
    const read = [...this.byThread.values()].filter(
      ({ threadId, ending }) => ending !== undefined && this.isSeen(threadId),
    );
    for (const { ending: _read, ...need } of read) this.keep(need);
    if (read.length > 0) this.changed.fire();
  }

  /** The thread is no more. */
  forget(threadId: ThreadId): void {
    if (this.byThread.delete(threadId)) this.changed.fire();
  }

  private end(state: ThreadState, ending: Ending): void {
    const seen = this.isSeen(state.threadId);
    // Input that waits opens the next turn by itself.
    const goesOn = ending === 'completed' && state.waiting.some(({ kind }) => kind === 'queue');
    this.note(state, { ending: seen || goesOn ? undefined : ending });
    if (!goesOn) this.tell(state, ending);
  }

  private note(state: ThreadState, change?: { readonly ending: Ending | undefined }): void {
    const { threadId, approvals } = state;
    const ending = change ? change.ending : this.byThread.get(threadId)?.ending;
    this.keep({
      threadId,
      approvals: approvals.length,
      questions: openQuestion(state) ? 1 : 0,
      ...(ending === undefined ? {} : { ending }),
    });
    this.changed.fire();
  }

  private keep(need: ThreadNeed): void {
    if (isBlocked(need) || need.ending !== undefined) this.byThread.set(need.threadId, need);
    else this.byThread.delete(need.threadId);
  }

  private tell({ threadId, title }: ThreadState, kind: News['kind']): void {
    this.news.fire({ threadId, title, kind });
  }
}

function isBlocked({ approvals, questions }: ThreadNeed): boolean {
  return approvals + questions > 0;
}
