import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { SentComment } from '../../../../src/protocol/comments';
import { Icon } from '../../components/Icon';
import { CommentLink } from '../../components/CommentLink';
import { VisibleText } from '../../components/VisibleText';

/** The comments on code that went with a message. */
export function SentComments(props: { readonly comments: readonly SentComment[] }): ReactElement {
  return (
    <ul role="list" className="sent-comments" aria-label={l10n.t('Comments sent')}>
      {props.comments.map(({ id, kind, text, standing, path }) => (
        <li key={id}>
          <span className="sent-comment-place">
            <Icon name="comment" tone="muted" />
            <CommentLink id={id}>
              <VisibleText kind="name" text={path} />
            </CommentLink>
            {kind === 'rejection' && <span className="tag">{l10n.t('rejected')}</span>}
            {standing !== 'same' && (
              <span className="tag">
                {standing === 'gone' ? l10n.t('lines gone') : l10n.t('lines changed')}
              </span>
            )}
          </span>
          <span className="sent-comment-text">
            <VisibleText kind="prose" text={text} />
          </span>
        </li>
      ))}
    </ul>
  );
}
