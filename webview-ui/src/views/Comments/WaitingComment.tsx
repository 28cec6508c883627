import type { ReactElement } from 'react';
import { commentPlace, type CodeComment } from '../../../../src/protocol/comments';
import { CommentLink } from '../../components/CommentLink';
import { WaitingRow, type WaitingEdit } from '../../components/WaitingRow';

/** One comment that waits: where it stands, its words, and what can be done with it. */
export function WaitingComment({
  comment,
  ...edit
}: WaitingEdit & { readonly comment: CodeComment }): ReactElement {
  const lead = (
    <span className="comment-place">
      <CommentLink id={comment.id} />
      {comment.kind === 'rejection' && <span className="tag">rejected</span>}
    </span>
  );
  const name = `comment on ${commentPlace(comment)}`;
  return <WaitingRow {...edit} name={name} text={comment.text} lead={lead} />;
}
