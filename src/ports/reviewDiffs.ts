import type { FileChangeSummary } from '../protocol/items';
import type { ReviewTarget } from '../protocol/review';

/** A target that lies in the person's repository. */
export type RepositoryTarget = Exclude<ReviewTarget, { kind: 'turn' }>;

/** What a review looks at. */
export interface ReviewDiff {
  /** Paths relative to the thread's folder, diffs whole. */
  readonly files: readonly FileChangeSummary[];
  /** One sentence for the reviewer: what the diff compares, and how to look at more of it. */
  readonly how: string;
  /** A file as the diff leaves it, null where there is none; absent where that is the file as it is now. */
  readonly readThen?: (path: string, signal: AbortSignal) => Promise<Uint8Array | null>;
}

/** Reads what changed in the repository that a folder lies in. Writes nothing and runs nothing of the repository. */
export interface ReviewDiffs {
  /** @throws ReviewTargetError where the target cannot be read; an aborted signal ends it with an AbortError. */
  read(target: RepositoryTarget, signal: AbortSignal): Promise<ReviewDiff>;
}

/** Why a target cannot be reviewed, as a sentence for people. */
export class ReviewTargetError extends Error {
  override readonly name = 'ReviewTargetError';
}
