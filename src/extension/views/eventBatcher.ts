import type { ThreadEvent } from '../../protocol/events';
import type { ThreadId } from '../../protocol/ids';
import type { HostNotifications } from '../../protocol/viewProtocol';

type Batch = HostNotifications['thread/events'];

/** One frame at 30 Hz: fast enough for the eye, slow enough for a stream of thousands of deltas. */
const defaultDelayMs = 30;

/**
 * Gathers the events of one thread and sends them in batches. Text that streams into one item becomes one delta
 * per batch, and what the view never draws is left out.
 */
export class EventBatcher {
  private pending: ThreadEvent[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private threadId: ThreadId | undefined;
  /** Where the view is: the `seq` of the last event it was sent. */
  private sentSeq = 0;
  private lastSeq = 0;

  constructor(
    private readonly send: (batch: Batch) => void,
    private readonly delayMs = defaultDelayMs,
  ) {}

  /** The view has just been given the state of this thread up to `seq`; what waited is part of it. */
  restart(threadId: ThreadId | undefined, seq: number): void {
    this.stop();
    this.threadId = threadId;
    this.sentSeq = seq;
    this.lastSeq = seq;
  }

  add(event: ThreadEvent): void {
    if (event.threadId !== this.threadId) return;
    this.lastSeq = event.seq;
    const drawn = withoutHistory(event);
    if (drawn) this.append(drawn);
    this.timer ??= setTimeout(() => this.flush(), this.delayMs);
  }

  /** Sends what waits. */
  flush(): void {
    const events = this.pending;
    const { threadId, sentSeq, lastSeq } = this;
    this.stop();
    if (threadId === undefined || (events.length === 0 && lastSeq === sentSeq)) return;
    this.sentSeq = lastSeq;
    this.send({ threadId, afterSeq: sentSeq, lastSeq, events });
  }

  /** Drops what waits. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pending = [];
  }

  private append(event: ThreadEvent): void {
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
