import { memo, useMemo, useState, type ReactElement } from 'react';
import { Icon } from '../../components/Icon';
import { VisibleText } from '../../components/VisibleText';
import type { ItemId } from '../../../../src/protocol/ids';
import type { Notice, TurnState } from '../../../../src/protocol/threadState';
import { AgentWords } from '../Comments/AgentWords';
import { ChangeCards } from './ChangeCards';
import { CompactionBlock } from './CompactionBlock';
import { EvidenceList } from './EvidenceList';
import { ProposedPlan } from './ProposedPlan';
import { QuestionBlock } from './QuestionBlock';
import { ReviewBlock } from './ReviewBlock';
import { RevealedItem, type Revealed } from './revealedItem';
import { createGrouper, type TranscriptBlock } from './transcriptBlocks';
import { TurnEnd } from './TurnEnd';
import { TurnActivity } from './TurnActivity';
import { TurnOpening } from './turnOpening';
import { UserMessage } from './UserMessage';
import { Work } from './Work';

const nothing: ReadonlySet<string> = new Set();

/** One turn. Finished turns are never drawn again, and of a running one only the chunk and block that changed. */
export const Turn = memo(function Turn(props: {
  readonly turn: TurnState;
  readonly pending: ReadonlySet<string>;
  readonly place: 'last' | 'earlier';
}): ReactElement {
  const { turn, pending, place } = props;
  const [group] = useState(createGrouper);
  const [revealed, setRevealed] = useState<Revealed | null>(null);
  const reveal = useMemo(
    () => ({
      revealed,
      reveal: (itemId: ItemId) => setRevealed({ itemId, time: (revealed?.time ?? 0) + 1 }),
    }),
    [revealed],
  );
  const openingItem = turn.entries.find(({ type }) => type === 'userMessage')?.id;
  const opening = useMemo(() => ({ turnId: turn.id, itemId: openingItem }), [turn.id, openingItem]);
  // While it runs its edits stand open; afterwards they are in the Changes region, and here in their fold.
  const chunks = group(turn.entries, turn.status === 'running' ? pending : nothing);
  return (
    <TurnOpening.Provider value={opening}>
      <RevealedItem.Provider value={reveal}>
        <section className={`turn ${place}`}>
          {chunks.map((blocks, index) => (
            <Chunk key={index} blocks={blocks} pending={pending} />
          ))}
          {turn.status === 'running' ? (
            <TurnActivity turn={turn} />
          ) : (
            <>
              <EvidenceList entries={turn.entries} />
              <TurnEnd turn={turn} place={place} />
            </>
          )}
        </section>
      </RevealedItem.Provider>
    </TurnOpening.Provider>
  );
});

const Chunk = memo(function Chunk(props: {
  readonly blocks: readonly TranscriptBlock[];
  readonly pending: ReadonlySet<string>;
}): ReactElement {
  return (
    <div className="chunk">
      {props.blocks.map((block) => (
        <Block key={block.key} block={block} pending={props.pending} />
      ))}
    </div>
  );
});

const Block = memo(function Block(props: {
  readonly block: TranscriptBlock;
  readonly pending: ReadonlySet<string>;
}): ReactElement {
  const { block, pending } = props;
  switch (block.kind) {
    case 'user':
      return <UserMessage item={block.items[0]} />;
    case 'agent':
      return (
        <div className={block.items[0].phase === 'final' ? 'answer' : 'preamble'}>
          <AgentWords item={block.items[0]} />
        </div>
      );
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
});

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
