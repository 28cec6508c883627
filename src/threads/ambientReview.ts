import { askReviewer } from '../agent/review/askReviewer';
import { apart } from '../agent/review/apart';
import { reviewRequest } from '../agent/review/reviewRequest';
import { reviewItem } from '../agent/review/reviewTurn';
import { errorMessage } from '../base/errorMessage';
import { newId } from '../protocol/ids';
import type { ReviewItem } from '../protocol/items';
import type { TurnState } from '../protocol/threadState';
import { newTurn } from './newTurn';
import { knownFindings, turnDiff } from './reviews';
import type { ThreadParts } from './threadParts';

/**
 * Where the person wants it, looks at what each finished turn changed, in requests of its own beside the thread: nobody
 * waits for it, the next turn ends it, and all that is seen of it are its findings and what it used. A failure is
 * nobody's business.
 */
export class AmbientReview {
  private running: AbortController | undefined;

  constructor(private readonly parts: ThreadParts) {
    parts.events.onEvent((event) => {
      if (event.type === 'turn.started') this.stop();
      if (event.type === 'turn.completed') void this.start(event.turnId);
    });
  }

  /** True while a review runs. */
  get busy(): boolean {
    return this.running !== undefined;
  }

  stop(): void {
    this.running?.abort();
    this.running = undefined;
  }

  private async start(turnId: string): Promise<void> {
    const { events, ports } = this.parts;
    const turn = events.state.turns.findLast(({ id }) => id === turnId);
    if (turn?.context.mode !== 'agent' || !ports.reviewsTurns?.()) return;
    const abort = new AbortController();
    this.running = abort;
    try {
      const review = await reviewTurn(this.parts, turn, abort.signal);
      if (!review || abort.signal.aborted) return;
      events.emit({ type: 'item.started', turnId, item: { ...review, status: 'inProgress' } });
      events.emit({ type: 'item.completed', turnId, item: review });
    } catch (error) {
      ports.log.info(`The turn was not reviewed: ${errorMessage(error)}`);
    } finally {
      if (this.running === abort) this.running = undefined;
    }
  }
}

/** Undefined where there is nothing to review, or it was stopped. @throws ModelError */
async function reviewTurn(
  parts: ThreadParts,
  { id: turnId, context }: TurnState,
  signal: AbortSignal,
): Promise<ReviewItem | undefined> {
  const diff = await turnDiff(parts, turnId);
  if (diff.files.length === 0 || signal.aborted) return undefined;
  const task = {
    target: { kind: 'turn', turnId },
    diff,
    instruction: '',
    known: knownFindings(parts.events.state, 'turn'),
  } as const;
  const turn = { ...newTurn(parts, context, {}, signal), turnId };
  try {
    const reviewer = apart(turn, { quiet: true });
    const { contextWindow } = reviewer.profile;
    const answer = await askReviewer(reviewer, reviewRequest(diff, { ...task, contextWindow }));
    return answer && reviewItem(newId(), task, answer, context.cwd);
  } finally {
    turn.meter.dispose();
  }
}
