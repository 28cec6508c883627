import { Emitter, type Subscribe } from '../base/emitter';
import type { Clock } from '../ports/clock';
import type { Journal } from '../ports/threadStore';
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
  private current: ThreadState;
  private journal: Journal | undefined;

  readonly onEvent: Subscribe<ThreadEvent> = this.emitter.event;

  /**
   * @param createJournal called with the first durable event, so that a thread nobody used leaves nothing behind.
   */
  constructor(
    private readonly threadId: ThreadId,
    private readonly clock: Clock,
    private readonly createJournal: () => Journal,
  ) {
    this.current = emptyThreadState(threadId);
  }

  /** Goes on with a stored thread. */
  restore(events: readonly ThreadEvent[], journal: Journal): void {
    this.journal = journal;
    for (const event of events) this.fold(event);
  }

  get state(): ThreadState {
    return this.current;
  }

  /** What the model has seen so far; the same array grows. */
  get history(): readonly ModelItem[] {
    return this.items;
  }

  /** Stores and publishes a fact. @throws JournalError; then nothing is published. */
  emit(body: ThreadEventBody): void {
    const transient = isTransient(body);
    const event: ThreadEvent = {
      seq: this.current.seq + (transient ? 0 : 1),
      at: this.clock.now(),
      threadId: this.threadId,
      ...body,
    };
    if (!transient) {
      this.journal ??= this.createJournal();
      this.journal.append([event]);
    }
    this.fold(event);
    this.emitter.fire(event);
  }

  close(): void {
    this.journal?.close();
    this.emitter.dispose();
  }

  private fold(event: ThreadEvent): void {
    this.current = foldEvent(this.current, event);
    if (event.type === 'history.appended') this.items.push(...event.items);
  }
}
