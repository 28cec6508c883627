import { memo, type ReactElement } from 'react';
import type { Notice } from '../../../../src/protocol/threadState';
import { Icon } from '../../components/Icon';
import { VisibleText } from '../../components/VisibleText';
import { AgentMessage } from './AgentMessage';
import { ChangeCards } from './ChangeCards';
import { CompactionBlock } from './CompactionBlock';
import { EvidenceList } from './EvidenceList';
import { ProposedPlan } from './ProposedPlan';
import { QuestionBlock } from './QuestionBlock';
import { ReviewBlock } from './ReviewBlock';
import type { TranscriptBlock } from './transcriptBlocks';
import type { TranscriptRow as Row } from './transcriptRows';
import { TurnEnd } from './TurnEnd';
import { TurnActivity } from './TurnActivity';
import { TurnOpening } from './turnOpening';
import { UserMessage } from './UserMessage';
import { Work } from './Work';

/** A row of the transcript. One that did not change is not drawn again. */
export const TranscriptRow = memo(function TranscriptRow(props: {
  readonly row: Row;
  /** Place in the transcript, which screen readers tell: what is out of sight is not there for them. */
  readonly position: number;
  readonly count: number;
  /** Paths that wait for accept or reject. */
  readonly pending: ReadonlySet<string>;
}): ReactElement {
  const { row, position, count, pending } = props;
  return (
    <TurnOpening.Provider value={row.opening}>
      <div
        className={`row ${row.kind}`}
        role="article"
        aria-posinset={position}
        aria-setsize={count}
        data-row={row.key}
      >
        {row.kind === 'block' ? (
          <Block block={row.block} pending={pending} />
        ) : row.turn.status === 'running' ? (
          <TurnActivity turn={row.turn} />
        ) : (
          <>
            <EvidenceList entries={row.turn.entries} />
            <TurnEnd turn={row.turn} place={row.place} />
          </>
        )}
      </div>
    </TurnOpening.Provider>
  );
});

function Block(props: {
  readonly block: TranscriptBlock;
  readonly pending: ReadonlySet<string>;
}): ReactElement {
  const { block, pending } = props;
  switch (block.kind) {
    case 'user':
      return <UserMessage item={block.items[0]} />;
    case 'agent':
      return <AgentMessage item={block.items[0]} />;
    case 'question':
      return <QuestionBlock item={block.items[0]} />;
    case 'plan':
      return <ProposedPlan item={block.items[0]} />;
    case 'compaction':
      return <CompactionBlock item={block.items[0]} />;
    case 'review':
      return <ReviewBlock item={block.items[0]} />;
    case 'notice':
      return <NoticeLine notice={block.items[0]} />;
    case 'change':
      return <ChangeCards item={block.items[0]} pending={pending} />;
    case 'work':
      return <Work items={block.items} pending={pending} />;
  }
}

const noticeIcons = {
  info: { name: 'info', tone: 'muted' },
  warning: { name: 'warning', tone: 'warning' },
  error: { name: 'error', tone: 'bad' },
} as const;

function NoticeLine({ notice }: { readonly notice: Notice }): ReactElement {
  return (
    <div className={`notice ${notice.level}`}>
      <Icon {...noticeIcons[notice.level]} />
      <span>
        <VisibleText kind="code" text={notice.text} />
      </span>
    </div>
  );
}
