import type { ThreadEvent } from '../../protocol/events';
import type { ThreadId } from '../../protocol/ids';
import type { HostNotifications } from '../../protocol/viewProtocol';

type Batch = HostNotifications['thread/events'];

/** One frame at 30 Hz: fast enough for the eye, slow enough for a stream of thousands of deltas. */
const defaultDelayMs = 30;

/** Batches on their way that the view has not taken yet; more wait here, where they still become fewer. */
const mostUnderWay = 2;

/** What may wait for a view that takes nothing: events, and characters of what streams. */
const mostWaiting = { events: 2_000, characters: 4_000_000 };

/** What leads out of the batcher. */
export interface BatcherEnds {
  send(batch: Batch): void;
  /** The view takes messages again, but what waited had become too much: it needs the whole state. */
  onLost(): void;
}

/**
 * Gathers the events of one thread and sends them in batches, the next ones when the view has taken those before. Text
 * that streams into one item becomes one delta per batch, and what the view never draws is left out.
 */
export class EventBatcher {
  private pending: ThreadEvent[] = [];
  private pendingCharacters = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private threadId: ThreadId | undefined;
  /** Where the view is: the `seq` of the last event it was sent. */
  private sentSeq = 0;
  private lastSeq = 0;
  /** Number of the last batch sent, and of the last one taken. */
  private sentBatch = 0;
  private takenBatch = 0;
  /** True where what waited was dropped. */
  private lost = false;

  constructor(
    private readonly ends: BatcherEnds,
    private readonly delayMs = defaultDelayMs,
  ) {}

  /** The view has just been given the state of this thread up to `seq`; what waited is part of it. */
  restart(threadId: ThreadId | undefined, seq: number): void {
    this.stop();
    this.threadId = threadId;
    this.sentSeq = seq;
    this.lastSeq = seq;
    this.takenBatch = this.sentBatch;
  }

  add(event: ThreadEvent): void {
    if (event.threadId !== this.threadId || this.lost) return;
    this.lastSeq = event.seq;
    const drawn = withoutHistory(event);
    if (drawn) this.append(drawn);
    if (
      this.pending.length > mostWaiting.events ||
      this.pendingCharacters > mostWaiting.characters
    ) {
      this.stop();
      this.lost = true;
      this.recover();
    } else this.schedule();
  }

  /** The view has taken a batch; an answer to one from before a restart changes nothing. */
  take(receipt: number): void {
    if (receipt <= this.takenBatch || receipt > this.sentBatch) return;
    this.takenBatch = receipt;
    if (this.lost) this.recover();
    else if (this.lastSeq !== this.sentSeq || this.pending.length > 0) this.schedule();
  }

  /** Sends what waits. */
  flush(): void {
    const events = this.pending;
    const { threadId, sentSeq, lastSeq } = this;
    this.stop();
    if (threadId === undefined || (events.length === 0 && lastSeq === sentSeq)) return;
    this.sentSeq = lastSeq;
    this.sentBatch += 1;
    this.ends.send({
      ...{ threadId, afterSeq: sentSeq, lastSeq, events },
      receipt: this.sentBatch,
    });
  }

  /** Drops what waits. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pending = [];
    this.pendingCharacters = 0;
    this.lost = false;
  }

  private get underWay(): number {
    return this.sentBatch - this.takenBatch;
  }

  private schedule(): void {
    if (this.underWay < mostUnderWay) this.timer ??= setTimeout(() => this.flush(), this.delayMs);
  }

  /** Not before the view has taken all it was sent: a slow one is not to be given a whole state behind that. */
  private recover(): void {
    if (this.underWay > 0) return;
    this.timer ??= setTimeout(() => this.ends.onLost(), this.delayMs);
  }

  private append(event: ThreadEvent): void {
    if (event.type === 'item.delta' && event.delta.kind !== 'reset') {
      this.pendingCharacters += event.delta.text.length;
    }
    const last = this.pending.at(-1);
    const merged = last && mergeDeltas(last, event);
    if (merged) this.pending[this.pending.length - 1] = merged;
    else this.pending.push(event);
  }
}

/** What the model sees is never drawn, and long. */
function withoutHistory(event: ThreadEvent): ThreadEvent | undefined {
  switch (event.type) {
    case 'history.appended':
      return undefined;
    case 'history.compacted':
      return { ...event, replacement: [] };
    case 'thread.restored':
      return event.conversation
        ? { ...event, conversation: { ...event.conversation, history: [] } }
        : event;
    case 'restore.undone':
      return event.history ? { ...event, history: [] } : event;
    default:
      return event;
  }
}

function mergeDeltas(first: ThreadEvent, second: ThreadEvent): ThreadEvent | undefined {
  if (first.type !== 'item.delta' || second.type !== 'item.delta') return undefined;
  if (first.itemId !== second.itemId) return undefined;
  const [before, after] = [first.delta, second.delta];
  if (before.kind === 'reset' || after.kind === 'reset' || before.kind !== after.kind) {
    return undefined;
  }
  return { ...second, delta: { kind: after.kind, text: before.text + after.text } };
}
