import type { ReactElement } from 'react';
import type { SentComment } from '../../../../src/protocol/comments';
import { Icon } from '../../components/Icon';
import { CommentLink } from '../../components/CommentLink';

/** The comments on code that went with a message. */
export function SentComments(props: { readonly comments: readonly SentComment[] }): ReactElement {
  return (
    <ul role="list" className="sent-comments" aria-label="Comments sent">
      {props.comments.map(({ id, kind, text, standing, path }) => (
        <li key={id}>
          <span className="sent-comment-place">
            <Icon name="comment" tone="muted" />
            <CommentLink id={id}>{path}</CommentLink>
            {kind === 'rejection' && <span className="tag">rejected</span>}
            {standing !== 'same' && (
              <span className="tag">{standing === 'gone' ? 'lines gone' : 'lines changed'}</span>
            )}
          </span>
          <span className="sent-comment-text">{text}</span>
        </li>
      ))}
    </ul>
  );
}
