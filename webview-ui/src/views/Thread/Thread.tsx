import { useState, type ReactElement } from 'react';
import { useModel } from '../../viewContext';
import { ApprovalPanel } from '../Approval/ApprovalPanel';
import { ChangesPanel } from '../Changes/ChangesPanel';
import { RejectReason } from '../Comments/RejectReason';
import { WaitingComments } from '../Comments/WaitingComments';
import { Composer } from '../Composer/Composer';
import { ConnectionLine } from '../Composer/ConnectionLine';
import { EmptyState } from '../EmptyState/EmptyState';
import { FindingsPanel } from '../Findings/FindingsPanel';
import { Header } from '../Header/Header';
import { DeletedLine } from '../History/DeletedLine';
import { History } from '../History/History';
import { useDeletion } from '../History/useDeletion';
import { PlanPanel } from '../Plan/PlanPanel';
import { QuestionPanel } from '../Question/QuestionPanel';
import { QueuedMessages } from '../Queue/QueuedMessages';
import { RestoredLine } from '../Restore/RestoredLine';
import { RestorePanel } from '../Restore/RestorePanel';
import { StartRestore } from '../Restore/startRestore';
import { useChosenCheckpoint } from '../Restore/useChosenCheckpoint';
import { Transcript } from '../Transcript/Transcript';
import { Announcer } from './Announcer';
import { ProblemLine } from './ProblemLine';
import { useEscapeStops } from './useEscapeStops';

/** The view `tandem.thread`: the conversation, and docked under it what waits for the person. */
export function Thread(): ReactElement {
  const threadId = useModel(({ thread }) => thread?.threadId);
  const empty = useModel(({ thread }) => !thread || thread.turns.length === 0);
  const ready = useModel(({ settings }) => settings !== null);
  const own = useModel(({ readOnly }) => !readOnly);
  const { checkpoint, choose, close } = useChosenCheckpoint(threadId);
  const deletion = useDeletion();
  useEscapeStops();
  const [history, setHistory] = useState<'open' | 'closed'>('closed');

  return (
    <StartRestore.Provider value={choose}>
      <div className="thread" inert={history === 'open'}>
        <Header onHistory={() => setHistory('open')} />
        <main key={threadId ?? 'new'}>
          {!ready ? <div className="loading" /> : empty ? <EmptyState /> : <Transcript />}
          {/* What waits for a person waits in the window that owns the thread. */}
          {own && checkpoint && (
            <RestorePanel
              key={`${checkpoint.turnId} ${checkpoint.itemId ?? ''}`}
              checkpoint={checkpoint}
              onClose={close}
            />
          )}
          {own && <ApprovalPanel />}
          {own && <QuestionPanel />}
          <PlanPanel />
          {own && <FindingsPanel />}
          {own && <ChangesPanel />}
          {own && <RejectReason />}
          {own && <RestoredLine />}
          {own && <WaitingComments />}
          {own && <QueuedMessages />}
        </main>
        {history === 'closed' && <DeletedLine deletion={deletion} />}
        <ProblemLine />
        <Composer />
        <ConnectionLine />
      </div>
      {history === 'open' && <History deletion={deletion} onClose={() => setHistory('closed')} />}
      <Announcer />
    </StartRestore.Provider>
  );
}
