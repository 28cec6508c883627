import type { TurnId } from './ids';

/** How much a finding matters, worst first: must not ship, wrong in a case that occurs, worth fixing, a detail. */
export type Severity = 'critical' | 'major' | 'minor' | 'nit';

/** The order of severities is the model's priority: its P0 is `critical`, its P3 `nit`. */
export const severities: readonly Severity[] = ['critical', 'major', 'minor', 'nit'];

/** What a review looks at. */
export type ReviewTarget =
  /** Everything not committed, new files included. */
  | { readonly kind: 'uncommitted' }
  /** Everything since the branch left `ref`, what is not committed included. */
  | { readonly kind: 'base'; readonly ref: string }
  /** One commit against its first parent. */
  | { readonly kind: 'commit'; readonly sha: string }
  /** The open changes of the files that a turn of the thread touched. */
  | { readonly kind: 'turn'; readonly turnId: TurnId };

/** What became of a finding: the person put it away, or gave it to the agent. */
export type FindingResolution = 'dismissed' | 'sent';

/** One fault that a review found. */
export interface ReviewFinding {
  readonly id: string;
  /** One line. Like the body text from a model, so untrusted. */
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly severity: Severity;
  /** How sure the reviewer is, from 0 to 1. */
  readonly confidence: number;
  /** Relative to the thread's folder. */
  readonly path: string;
  /** Lines of the file at the time of the review, from 1, both included. */
  readonly startLine: number;
  readonly endLine: number;
  /** Lines of the reviewed commit, where those of the file were others. */
  readonly then?: { readonly startLine: number; readonly endLine: number };
  /** The reviewed text was not in the file any more: the lines are those of the commit. */
  readonly gone?: true;
  /** Absent while it is open. */
  readonly resolution?: FindingResolution;
}

/** What a target is called, for the model and on the command line. */
export function targetLabel(target: ReviewTarget): string {
  switch (target.kind) {
    case 'uncommitted':
      return 'uncommitted changes';
    case 'base':
      return `changes since ${target.ref}`;
    case 'commit':
      return `commit ${target.sha.slice(0, 12)}`;
    case 'turn':
      return "the turn's changes";
  }
}

/** `path:line`, or `path:first-last`. */
export function findingPlace({ path, startLine, endLine }: ReviewFinding): string {
  return endLine > startLine ? `${path}:${startLine}-${endLine}` : `${path}:${startLine}`;
}
