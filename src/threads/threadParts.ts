import { Grants } from '../policy/grants';
import { HostGrants } from '../policy/hostGrants';
import type { ContentStore } from '../ports/contentStore';
import type { HiddenFiles } from '../ports/hiddenFiles';
import type { Terminals } from '../ports/terminal';
import type { Journal, ReadThread } from '../ports/threadStore';
import type { WorkspaceFiles } from '../ports/workspaceFiles';
import { emptyChangeSet } from '../protocol/changes';
import type { ThreadId } from '../protocol/ids';
import { acceptedContents } from './acceptedCommits';
import { ChangeTracker } from './changeTracker';
import { Comments } from './comments';
import { EventLog } from './eventLog';
import type { PersonAnswers } from './findWaitingTurn';
import { PersonApprover } from './personApprover';
import { PersonQuestioner } from './personQuestioner';
import { ReviewNotes } from './reviewNotes';
import type { ThreadPorts } from './threadPorts';
import { isVisible } from './visibleChanges';
import { WaitingInputs } from './waitingInputs';

/** A stored thread, read back; owned where there is a journal, else only to be read. */
export interface StoredContent {
  readonly journal?: Journal;
  readonly thread: ReadThread;
  /** True where another window had it until now. */
  readonly takenOver?: boolean;
}

/** What one thread is made of. Its rooms share it: the thread itself, its queue and its runner. */
export interface ThreadParts {
  readonly id: ThreadId;
  /** Absolute folder the thread works in. */
  readonly cwd: string;
  readonly ports: ThreadPorts;
  readonly events: EventLog;
  readonly review: ReviewNotes;
  readonly waiting: WaitingInputs;
  readonly comments: Comments;
  readonly files: WorkspaceFiles;
  readonly hiddenFiles: HiddenFiles;
  readonly contents: ContentStore;
  readonly terminals: Terminals;
  readonly tracker: ChangeTracker;
  readonly person: PersonApprover;
  readonly questions: PersonQuestioner;
  readonly answers: PersonAnswers;
  readonly grants: Grants;
  readonly hostGrants: HostGrants;
}

/** @param newCwd absolute folder of a new thread; a stored one brings its own. */
export function threadParts(
  id: ThreadId,
  newCwd: string,
  ports: ThreadPorts,
  stored: StoredContent | undefined,
): ThreadParts {
  const events = new EventLog(id, ports.clock, () => ports.store.create(id), ports.log);
  if (stored) events.restore(stored.thread.events, stored.journal);
  const cwd = events.state.cwd || newCwd;
  const hiddenFiles = ports.hiddenFiles(cwd);
  const review = new ReviewNotes((path) => isVisible({ cwd, hiddenFiles }, path));
  stored?.thread.events.forEach((event) => review.observe(event));
  events.onEvent((event) => review.observe(event));
  const files = ports.files(cwd);
  const emit: EventLog['emit'] = (body) => events.emit(body);
  const comments = new Comments({ state: () => events.state, files, emit });
  events.onEvent((event) => comments.observe(event));
  const contents = ports.contents(cwd);
  const pending = events.readOnly ? emptyChangeSet : events.state.changes;
  return {
    id,
    cwd,
    ports,
    events,
    review,
    waiting: new WaitingInputs({ read: () => events.state.waiting, emit }),
    comments,
    files,
    hiddenFiles,
    contents,
    terminals: ports.terminals(cwd),
    tracker: new ChangeTracker(
      {
        files,
        contents,
        log: ports.log,
        emit,
        folderWrites: ports.folderWrites,
        acceptedContents: () => acceptedContents(events.state),
        alone: ports.approver !== undefined,
      },
      pending,
    ),
    person: new PersonApprover(),
    questions: new PersonQuestioner(),
    answers: { approvals: !ports.approver, questions: !ports.questioner },
    grants: new Grants(),
    hostGrants: new HostGrants(),
  };
}
