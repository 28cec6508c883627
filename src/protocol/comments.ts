import type { ItemId, TurnId } from './ids';

/** Lines of a comment's code that are kept, and lines around it on each side. */
export const maxAnchorLines = 200;
export const anchorContext = 3;

/** Where a comment stands, by the text there, so that it is found again after edits. */
export interface CommentAnchor {
  /** From 1, both included; the end is one less than the start where a deletion left nothing between two lines. */
  readonly startLine: number;
  readonly endLine: number;
  /** The lines without their line ends, at most `maxAnchorLines`. */
  readonly lines: readonly string[];
  /** Lines before and after them, at most `anchorContext`. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** A hunk as it was when it was commented on or rejected. */
export interface CommentedHunk {
  readonly id: string;
  /** Numbers of lines on each side; the lines themselves may be fewer. */
  readonly baseCount: number;
  readonly liveCount: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** What the person wrote about code: on any lines, on a hunk, or why they rejected one. */
export interface WrittenComment {
  /** `C` and a number, short enough for the model to name it; never used again in the thread. */
  readonly id: string;
  readonly kind: 'lines' | 'hunk' | 'rejection';
  /** Relative to the thread's folder. */
  readonly path: string;
  readonly anchor: CommentAnchor;
  /** Present unless the comment is on mere lines. */
  readonly hunk?: CommentedHunk;
  readonly text: string;
  /** The comment it goes on from, which stands at the same place. */
  readonly replyTo?: string;
}

/** A comment as the model is told of it, with its place at that time. */
export interface SentComment extends WrittenComment {
  /** Whether its lines were still there: as they were, with other words in their place, or neither. */
  readonly standing: 'same' | 'changed' | 'gone';
}

/** What the agent answered to a comment; stands on the message that says it. */
export interface CommentAnswer {
  readonly commentId: string;
  /** Markdown from the model; empty where it only changed the code. */
  readonly text: string;
  /** Present where the commented lines changed between the comment and the answer. */
  readonly changed?: true;
}

/** An answer with the message it stands in. */
export interface PlacedAnswer extends Omit<CommentAnswer, 'commentId'> {
  readonly turnId: TurnId;
  readonly itemId: ItemId;
}

export type CommentState = 'waiting' | 'sent' | 'answered' | 'withdrawn';

/** A comment with what became of it. */
export interface CodeComment extends WrittenComment {
  readonly state: CommentState;
  /** The turn it was last told in, the message that told it, and how its lines stood then. */
  readonly sentIn?: {
    readonly turnId: TurnId;
    readonly itemId: ItemId;
    readonly standing: SentComment['standing'];
  };
  /** Oldest first. */
  readonly answers: readonly PlacedAnswer[];
}

/** `path:line` or `path:first-last`. */
export function commentPlace({ path, anchor }: Pick<WrittenComment, 'path' | 'anchor'>): string {
  const { startLine, endLine } = anchor;
  return endLine > startLine ? `${path}:${startLine}-${endLine}` : `${path}:${startLine}`;
}

/** The comments that wait to be sent. */
export function waitingComments(comments: readonly CodeComment[]): readonly CodeComment[] {
  return comments.filter(({ state }) => state === 'waiting');
}

/** The id of the next comment. */
export function nextCommentId(comments: readonly CodeComment[]): string {
  return `C${1 + Math.max(0, ...comments.map(({ id }) => commentNumber(id)))}`;
}

/** The number in a comment's id. */
export function commentNumber(id: string): number {
  return Number(id.slice(1));
}
