import * as l10n from '@vscode/l10n';
import { ContextSize } from '../agent/estimateTokens';
import { Emitter, type Subscribe } from '../base/emitter';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import { JournalError, type Journal } from '../ports/threadStore';
import { isTransient, type ThreadEvent, type ThreadEventBody } from '../protocol/events';
import type { ThreadId } from '../protocol/ids';
import type { ModelItem } from '../protocol/modelItem';
import { emptyThreadState, foldEvent, type ThreadState } from '../protocol/threadState';

/**
 * The one place that stamps events. Each durable event is stored, then folded, then published, so the order of the
 * file, of `seq` and of what listeners hear is the same.
 */
export class EventLog {
  private readonly emitter = new Emitter<ThreadEvent>();
  private readonly items: ModelItem[] = [];
  /** How full the model's context is. */
  readonly contextSize = new ContextSize();
  private current: ThreadState;
  private journal: Journal | undefined;
  /** Published, but not stored yet; see `hold`. */
  private held: ThreadEvent[] = [];

  private readonly lost = new Emitter<void>();
  private ownedElsewhere = false;

  readonly onEvent: Subscribe<ThreadEvent> = this.emitter.event;
  /** Fires once, when another window has taken the thread over: nothing can be stored any more. */
  readonly onLost: Subscribe<void> = this.lost.event;

  /**
   * @param createJournal called with the first durable event, so that a thread nobody used leaves nothing behind.
   */
  constructor(
    private readonly threadId: ThreadId,
    private readonly clock: Clock,
    private readonly createJournal: () => Journal,
    private readonly log: Log,
  ) {
    this.current = emptyThreadState(threadId);
  }

  /** Goes on with a stored thread; without a journal it can only be read, because another window owns it. */
  restore(events: readonly ThreadEvent[], journal: Journal | undefined): void {
    this.journal = journal;
    this.ownedElsewhere = journal === undefined;
    for (const event of events) this.fold(event);
  }

  get state(): ThreadState {
    return this.current;
  }

  /** True where another window owns the thread. */
  get readOnly(): boolean {
    return this.ownedElsewhere;
  }

  /** Asks the journal whether the thread is still this window's; fires `onLost` where it is not. */
  checkOwner(): void {
    if (this.journal?.isHeld() === false) this.lose();
  }

  /** What the model has seen so far; the same array grows, and holds the replacement after a compaction. */
  get history(): readonly ModelItem[] {
    return this.items;
  }

  /** Stores and publishes a fact. @throws JournalError; then nothing is published. */
  emit(body: ThreadEventBody): void {
    const event = this.stamp(body);
    if (!isTransient(body)) {
      this.append([...this.held, event]);
      this.held = [];
    }
    this.publish(event);
  }

  /** Publishes the end of something whose end cannot be stored now; it is stored before the next fact that can be. */
  hold(body: ThreadEventBody): void {
    const event = this.stamp(body);
    this.held.push(event);
    this.publish(event);
  }

  /** Resolves when everything stored so far is on the disk itself. @throws JournalError */
  async sync(): Promise<void> {
    await this.journal?.sync();
  }

  close(): void {
    this.journal?.close();
    this.emitter.dispose();
  }

  /** @throws JournalError where another window owns the thread. */
  requireOwner(): void {
    if (!this.ownedElsewhere) return;
    throw new JournalError(
      this.journal
        ? l10n.t(
            'This thread can only be read here: another window took it over. What was stored before is kept. Go on there, or take it over.',
          )
        : l10n.t(
            'This thread can only be read here: it is open in another window. Go on there, or take it over.',
          ),
      { owner: 'elsewhere' },
    );
  }

  private append(events: readonly ThreadEvent[]): void {
    this.requireOwner();
    try {
      this.journal ??= this.createJournal();
      this.journal.append(events);
    } catch (error) {
      if (error instanceof JournalError && error.owner === 'elsewhere') this.lose();
      throw error;
    }
  }

  private lose(): void {
    if (this.ownedElsewhere) return;
    this.ownedElsewhere = true;
    this.lost.fire();
  }

  private stamp(body: ThreadEventBody): ThreadEvent {
    return {
      seq: this.current.seq + (isTransient(body) ? 0 : 1),
      at: this.clock.now(),
      threadId: this.threadId,
      ...body,
    };
  }

  /** A listener that fails is its own fault, never the turn's: the fact stands. */
  private publish(event: ThreadEvent): void {
    this.fold(event);
    try {
      this.emitter.fire(event);
    } catch (error) {
      this.log.error('A listener of a thread failed.', error);
    }
  }

  private fold(event: ThreadEvent): void {
    this.current = foldEvent(this.current, event);
    this.contextSize.observe(event);
    if (event.type === 'history.appended') this.items.push(...event.items);
    const replacement = replacedHistory(event);
    if (replacement) this.items.splice(0, this.items.length, ...replacement);
  }
}

/** What the model sees instead of everything before, where the event says so. */
export function replacedHistory(event: ThreadEvent): readonly ModelItem[] | undefined {
  if (event.type === 'history.compacted') return event.replacement;
  if (event.type === 'thread.restored') return event.conversation?.history;
  return event.type === 'restore.undone' ? event.history : undefined;
}
