import type { ReactElement, ReactNode } from 'react';
import { commentPlace } from '../../../src/protocol/comments';
import { HostLink } from './CitedText';
import { useAct, useModel } from '../viewContext';
import { VisibleText } from './VisibleText';

/** Opens a comment of the person where it stands; named after its place. */
export function CommentLink(props: {
  readonly id: string;
  /** What is shown where there is no such comment. */
  readonly children?: ReactNode;
}): ReactElement {
  const { id, children } = props;
  const act = useAct();
  const comment = useModel(({ thread }) => thread?.comments.find((each) => each.id === id));
  if (!comment) return <>{children}</>;
  return (
    <HostLink title={comment.text} onOpen={() => act('comment/open', { id })}>
      <VisibleText kind="name" text={commentPlace(comment)} />
    </HostLink>
  );
}
