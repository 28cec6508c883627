import { commentNumber, type CodeComment, type WrittenComment } from './comments';
import type { TurnId } from './ids';
import type { Item } from './items';

/** A comment is new, or has other words. */
export function foldWritten(
  comments: readonly CodeComment[],
  written: WrittenComment,
): readonly CodeComment[] {
  const before = comments.find(({ id }) => id === written.id);
  const comment: CodeComment = before
    ? { ...before, ...written }
    : { ...written, state: 'waiting', answers: [] };
  const others = comments.filter((other) => other !== before);
  return [...others, comment].sort((a, b) => commentNumber(a.id) - commentNumber(b.id));
}

/** The person took a comment back. */
export function foldWithdrawn(
  comments: readonly CodeComment[],
  commentId: string,
): readonly CodeComment[] {
  return comments.map((comment) =>
    comment.id === commentId ? { ...comment, state: 'withdrawn' } : comment,
  );
}

/** A message told comments, or answered some. */
export function foldSaid(
  comments: readonly CodeComment[],
  turnId: TurnId,
  item: Item,
): readonly CodeComment[] {
  if (item.type === 'userMessage' && item.input.comments) {
    const told = new Map(item.input.comments.map((comment) => [comment.id, comment]));
    return comments.map((comment) => {
      const sent = told.get(comment.id);
      if (!sent) return comment;
      const { anchor, standing } = sent;
      return { ...comment, anchor, state: 'sent', sentIn: { turnId, itemId: item.id, standing } };
    });
  }
  if (item.type !== 'agentMessage' || !item.answers) return comments;
  const { answers } = item;
  return comments.map((comment) => {
    const own = answers.filter(({ commentId }) => commentId === comment.id);
    if (own.length === 0) return comment;
    const placed = own.map(({ commentId: _, ...answer }) => ({
      ...answer,
      turnId,
      itemId: item.id,
    }));
    return { ...comment, state: 'answered', answers: [...comment.answers, ...placed] };
  });
}

/** The conversation went back, or forth again: what was told in turns that are gone waits again. */
export function settleComments(
  comments: readonly CodeComment[],
  turns: readonly { readonly id: TurnId }[],
): readonly CodeComment[] {
  const known = new Set(turns.map(({ id }) => id));
  return comments.map((comment): CodeComment => {
    if (!comment.sentIn || comment.state === 'withdrawn') return comment;
    if (!known.has(comment.sentIn.turnId)) return { ...comment, state: 'waiting' };
    const answered = comment.answers.some(({ turnId }) => known.has(turnId));
    return { ...comment, state: answered ? 'answered' : 'sent' };
  });
}
