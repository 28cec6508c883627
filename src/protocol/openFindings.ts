import type { TurnId } from './ids';
import type { ReviewItem } from './items';
import type { ReviewFinding } from './review';
import type { ThreadState, TurnState } from './threadState';

/** A finding with the review and the turn it belongs to. */
export interface PlacedFinding {
  readonly turnId: TurnId;
  readonly review: ReviewItem;
  readonly finding: ReviewFinding;
}

/**
 * The findings that wait for the person: those of the last review they asked for, and those about changes of the agent
 * that are not settled yet.
 */
export function openFindings(state: ThreadState): readonly PlacedFinding[] {
  const changed = new Set(state.changes.files.map(({ path }) => path));
  const reviews = completedReviews(state);
  const asked = reviews.findLast(({ review }) => review.target.kind !== 'turn');
  return reviews.flatMap((placed) => {
    const ambient = placed.review.target.kind === 'turn';
    if (!ambient && placed !== asked) return [];
    return placed.review.findings
      .filter(({ resolution, path }) => !resolution && (!ambient || changed.has(path)))
      .map((finding) => ({ ...placed, finding }));
  });
}

type PlacedReview = Omit<PlacedFinding, 'finding'>;

/** By turn: a turn that did not change is not looked through again. */
const reviewsOf = new WeakMap<TurnState, readonly PlacedReview[]>();

function completedReviews({ turns }: ThreadState): readonly PlacedReview[] {
  return turns.flatMap((turn) => {
    const known = reviewsOf.get(turn) ?? findReviews(turn);
    reviewsOf.set(turn, known);
    return known;
  });
}

function findReviews({ id: turnId, entries }: TurnState): readonly PlacedReview[] {
  return entries.flatMap((review) =>
    review.type === 'review' && review.status === 'completed' ? [{ turnId, review }] : [],
  );
}
