import type { Clock } from '../ports/clock';
import type { ThreadId } from '../protocol/ids';
import { undoDeleteMs } from '../protocol/undoDelete';

/** A person who asks for it in the last moment still gets the thread back. */
const graceMs = 2_000;

/**
 * Threads that the person deleted and can bring back for some seconds. Until then all of them is stored, afterwards
 * nothing is; a host that is killed in between has not deleted them.
 */
export class Deletions {
  private readonly waiting = new Map<ThreadId, AbortController>();

  constructor(
    private readonly clock: Clock,
    private readonly remove: (id: ThreadId) => Promise<void>,
    /** A thread that could not be deleted is in the list again. */
    private readonly failed: (id: ThreadId, error: unknown) => void,
  ) {}

  has(id: ThreadId): boolean {
    return this.waiting.has(id);
  }

  add(id: ThreadId): void {
    if (this.waiting.has(id)) return;
    const stop = new AbortController();
    this.waiting.set(id, stop);
    void this.clock.wait(undoDeleteMs + graceMs, stop.signal).then(() => {
      if (!stop.signal.aborted) return this.finish(id);
    });
  }

  /** Keeps a thread after all; false where it is not waiting any more. */
  undo(id: ThreadId): boolean {
    this.waiting.get(id)?.abort();
    return this.waiting.delete(id);
  }

  /** Deletes what waits now. */
  async flush(): Promise<void> {
    await Promise.all([...this.waiting.keys()].map((id) => this.finish(id)));
  }

  private async finish(id: ThreadId): Promise<void> {
    if (!this.undo(id)) return;
    try {
      await this.remove(id);
    } catch (error) {
      this.failed(id, error);
    }
  }
}
