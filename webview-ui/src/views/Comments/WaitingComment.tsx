import * as l10n from '@vscode/l10n';
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
      {comment.kind === 'rejection' && <span className="tag">{l10n.t('rejected')}</span>}
    </span>
  );
  const place = commentPlace(comment);
  const names = {
    field: l10n.t('Comment on {0}', place),
    edit: l10n.t('Edit comment on {0}', place),
    remove: l10n.t('Remove comment on {0}', place),
  };
  return <WaitingRow {...edit} names={names} text={comment.text} lead={lead} />;
}
