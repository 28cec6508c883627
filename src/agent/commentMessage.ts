import { commentPlace, type SentComment } from '../protocol/comments';

/** Lines of code that a comment is told with at most. */
const maxLines = 40;

const opening =
  'The person commented on the code. Do what each comment asks, answer it where it is a question, or say why you do not. In your final answer begin the part about a comment with its id in square brackets, such as [C1]; they see it as the reply to that comment.';

/** The person's comments on code as the model reads them. */
export function commentsText(comments: readonly SentComment[]): string {
  return ['<comments>', opening, ...comments.map(commentText), '</comments>'].join('\n');
}

function commentText(comment: SentComment): string {
  const { id, kind, text } = comment;
  const lead = kind === 'rejection' ? 'Why they rejected it: ' : 'Comment: ';
  return ['', `[${id}] ${headOf(comment)}`, ...codeOf(comment), lead + text].join('\n');
}

function headOf(comment: SentComment): string {
  const place = commentPlace(comment);
  const reply = comment.replyTo === undefined ? '' : `, further to ${comment.replyTo}`;
  if (comment.kind === 'rejection') {
    return `${place}, an edit of yours that the person rejected, so that the file is as before it; do not make it again unless asked:`;
  }
  const what = comment.kind === 'hunk' ? 'on your edit' : 'on these lines';
  const standing = {
    same: '',
    changed: '; they were changed after the comment, and it is about what stood there then',
    gone: `; they are no longer in the file`,
  }[comment.standing];
  return `${place}, ${what}${standing}${reply}:`;
}

function codeOf({ kind, hunk, anchor }: SentComment): readonly string[] {
  const lines =
    kind !== 'lines' && hunk
      ? [...hunk.removed.map((line) => `-${line}`), ...hunk.added.map((line) => `+${line}`)]
      : anchor.lines.map((line) => ` ${line}`);
  const all =
    kind !== 'lines' && hunk
      ? hunk.baseCount + hunk.liveCount
      : Math.max(anchor.endLine - anchor.startLine + 1, lines.length);
  const left = all - Math.min(lines.length, maxLines);
  return left > 0 ? [...lines.slice(0, maxLines), `(${left} more lines)`] : lines;
}
