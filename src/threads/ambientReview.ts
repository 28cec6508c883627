import { askReviewer } from '../agent/review/askReviewer';
import { apart } from '../agent/review/apart';
import { isSameFinding } from '../agent/review/checkFindings';
import { reviewRequest } from '../agent/review/reviewRequest';
import { reviewItem } from '../agent/review/reviewTurn';
import { errorMessage } from '../base/errorMessage';
import { newId } from '../protocol/ids';
import type { ReviewItem } from '../protocol/items';
import { openFindings } from '../protocol/openFindings';
import { findingPlace } from '../protocol/review';
import type { TurnState } from '../protocol/threadState';
import { newTurn } from './newTurn';
import { turnDiff } from './reviews';
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
  const known = openFindings(parts.events.state)
    .filter(({ review }) => review.target.kind === 'turn')
    .map(({ finding }) => finding);
  const turn = { ...newTurn(parts, context, {}, signal), turnId };
  try {
    const reviewer = apart(turn, { quiet: true });
    const { contextWindow } = reviewer.profile;
    const request = reviewRequest(diff, {
      contextWindow,
      instruction: '',
      known: known.map((finding) => `${findingPlace(finding)}: ${finding.title}`),
    });
    const answer = await askReviewer(reviewer, request);
    if (!answer) return undefined;
    const target = { kind: 'turn', turnId } as const;
    const item = reviewItem(newId(), { target, diff }, answer, context.cwd);
    const fresh = item.findings.filter(
      (finding) => !known.some((other) => isSameFinding(other, finding)),
    );
    return { ...item, findings: fresh };
  } finally {
    turn.meter.dispose();
  }
}
