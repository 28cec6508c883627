import { whenAborted } from '../base/abort';
import { defer, type Deferred } from '../base/deferred';
import type { Questioner, Reply } from '../ports/questioner';
import type { ItemId } from '../protocol/ids';

/** Waits for a person to answer in a view; the first answer counts, also where it comes before the wait begins. */
export class PersonQuestioner implements Questioner {
  private readonly replies = new Map<ItemId, Deferred<Reply>>();
  private readonly answered = new Set<ItemId>();

  async ask({ id }: { readonly id: ItemId }, signal: AbortSignal): Promise<Reply> {
    const stopped = whenAborted(signal);
    const interrupted = stopped.promise.then((): Reply => ({ kind: 'interrupted' }));
    try {
      return await Promise.race([this.replyTo(id).promise, interrupted]);
    } finally {
      stopped.release();
      this.replies.delete(id);
    }
  }

  /** Answers the questions of an open item; false where they are answered already. */
  answer(id: ItemId, answers: Readonly<Record<string, string>>): boolean {
    if (this.answered.has(id)) return false;
    this.answered.add(id);
    this.replyTo(id).resolve({ kind: 'answered', answers });
    return true;
  }

  private replyTo(id: ItemId): Deferred<Reply> {
    const known = this.replies.get(id) ?? defer<Reply>();
    this.replies.set(id, known);
    return known;
  }
}
