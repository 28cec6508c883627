import * as l10n from '@vscode/l10n';
import { memo, useMemo, type ReactElement } from 'react';
import { findMentions, replaceMentions } from '../../../../src/protocol/commentMentions';
import type { CodeComment, CommentAnswer } from '../../../../src/protocol/comments';
import type { AgentMessageItem } from '../../../../src/protocol/items';
import { Icon } from '../../components/Icon';
import { Phrase } from '../../components/Phrase';
import { Prose } from '../../components/Prose';
import { commentHref } from '../../components/citations';
import { useModel } from '../../viewContext';
import { CommentLink } from '../../components/CommentLink';

const none: readonly CodeComment[] = [];

/** What the agent said. Where it names a comment of the person there is a link to it instead of the marker. */
export const AgentWords = memo(function AgentWords(props: {
  readonly item: AgentMessageItem;
}): ReactElement {
  const { text, answers = [] } = props.item;
  const comments = useModel(({ thread }) => thread?.comments ?? none);
  const linked = useMemo(() => withLinks(text, comments), [text, comments]);
  // Where the words name a comment, the link in them says it all.
  const untold = answers.filter(({ commentId, changed }) => changed || !names(text, commentId));
  return (
    <>
      <Prose text={linked} />
      {untold.length > 0 && (
        <ul role="list" className="answered" aria-label={l10n.t('Comments answered')}>
          {untold.map((answer) => (
            <Answered key={answer.commentId} answer={answer} />
          ))}
        </ul>
      )}
    </>
  );
});

function Answered({ answer }: { readonly answer: CommentAnswer }): ReactElement {
  const { commentId, text, changed } = answer;
  return (
    <li>
      <Icon name="comment" tone="muted" />
      <span>
        <Phrase
          text={
            text === ''
              ? l10n.t('Changed what you commented on at {0}')
              : l10n.t('Answers your comment on {0}')
          }
          parts={[
            <CommentLink key={commentId} id={commentId}>
              {commentId}
            </CommentLink>,
          ]}
        />
        {changed && text !== '' && (
          <span className="muted"> · {l10n.t('changed in this turn')}</span>
        )}
      </span>
    </li>
  );
}

function names(text: string, id: string): boolean {
  return findMentions(text, new Set([id])).length > 0;
}

/** Markdown with a link for each comment that is named. */
function withLinks(text: string, comments: readonly CodeComment[]): string {
  const known = new Set(comments.filter(({ sentIn }) => sentIn).map(({ id }) => id));
  if (known.size === 0) return text;
  return replaceMentions(text, known, ({ ids }) =>
    ids.map((id) => `[${id}](${commentHref(id)})`).join(', '),
  );
}
