import {
  addAccepted,
  dropSettled,
  type KnownCommit,
  type UncommittedChange,
} from './acceptedChanges';
import type { Approval } from './approvals';
import { emptyChangeSet, updateChanges, type ChangeSet } from './changes';
import {
  foldRestore,
  foldUndoRestore,
  foldWrites,
  keepRestoredFiles,
  type UndoableRestore,
} from './checkpointFold';
import type { WriteRecord } from './checkpoints';
import { foldSaid, foldWithdrawn, foldWritten, settleComments } from './commentFold';
import type { CodeComment } from './comments';
import type { EventEnvelope, ItemDelta, NoticeTopic, ThreadEvent, TurnError } from './events';
import type { ItemId, ThreadId, TurnId } from './ids';
import type { WaitingInput } from './input';
import type { CompactionItem, Item, ProposedPlanItem, QuestionItem, ReviewItem } from './items';
import { foldOutside, type OutsideContent } from './outsideContent';
import type { Plan } from './plan';
import type { FindingResolution } from './review';
import type { TurnContext } from './turnContext';
import { addUsage, noUsage, type Usage } from './usage';

/** A message to the person that stands in the transcript but is nobody's item. */
export interface Notice {
  readonly type: 'notice';
  readonly id: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly topic?: NoticeTopic;
}

/** One thing in a turn's transcript. */
export type TranscriptEntry = Item | Notice;

export type TurnStatus = 'running' | 'completed' | 'interrupted' | 'failed';

/** One turn as a person sees it. */
export interface TurnState {
  readonly id: TurnId;
  readonly status: TurnStatus;
  readonly context: TurnContext;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly entries: readonly TranscriptEntry[];
  /** When the items in progress began, in milliseconds since 1970: a view that comes later counts from there too. */
  readonly itemsStartedAt?: Readonly<Record<ItemId, number>>;
  readonly usage: Usage;
  /** Estimated US dollars so far; absent where the model's prices are not known. */
  readonly cost?: number;
  readonly error?: TurnError;
  /** Present while a failed request waits to be sent again. */
  readonly retry?: {
    readonly attempt: number;
    readonly waitingFor: 'retry' | 'rateLimit' | 'network';
    readonly delayMs: number;
    /** Milliseconds since 1970. */
    readonly retriedAt: number;
    readonly error: TurnError;
  };
  /** Who stopped an interrupted turn. */
  readonly interruptedBy?: 'user' | 'restart' | 'limit';
}

/** Everything a view shows of a thread: the fold of its events. */
export interface ThreadState {
  readonly threadId: ThreadId;
  readonly cwd: string;
  readonly title: string;
  /** `seq` of the last event folded in; 0 before the first. */
  readonly seq: number;
  readonly turns: readonly TurnState[];
  readonly plan: Plan | null;
  readonly archived: boolean;
  /** Input that waits for the next step or the next turn, oldest first. */
  readonly waiting: readonly WaitingInput[];
  /** Unanswered questions, oldest first. */
  readonly approvals: readonly Approval[];
  readonly changes: ChangeSet;
  /** What the person accepted and no commit made here holds yet, oldest first. */
  readonly accepted: readonly UncommittedChange[];
  /** Commits of accepted changes, oldest first. */
  readonly commits: readonly KnownCommit[];
  /** What the person wrote about code, oldest first. */
  readonly comments: readonly CodeComment[];
  /** What its calls wrote and no restore took back, oldest first. */
  readonly writes: readonly WriteRecord[];
  /** Restores that can be undone; the last one is next. */
  readonly restores: readonly UndoableRestore<TurnState>[];
  /** Content from outside of the folder that came in, oldest first. */
  readonly outside: readonly OutsideContent[];
  /** Input tokens of the last request: how full the context is. */
  readonly contextTokens: number;
}

export function emptyThreadState(threadId: ThreadId): ThreadState {
  return {
    threadId,
    cwd: '',
    title: '',
    seq: 0,
    turns: [],
    plan: null,
    archived: false,
    waiting: [],
    approvals: [],
    changes: emptyChangeSet,
    accepted: [],
    commits: [],
    comments: [],
    writes: [],
    restores: [],
    outside: [],
    contextTokens: 0,
  };
}

/** The running turn, if there is one. */
export function runningTurn(state: ThreadState): TurnState | undefined {
  const last = state.turns[state.turns.length - 1];
  return last?.status === 'running' ? last : undefined;
}

/** What the agent asks now, if it waits for answers. */
export function openQuestion(state: ThreadState): QuestionItem | undefined {
  const entries = runningTurn(state)?.entries ?? [];
  const last = entries.findLast((entry) => entry.type === 'question');
  return last?.status === 'inProgress' ? last : undefined;
}

/**
 * The plan that the last turn ended in and that waits for the person's decision. One that was decided on waits until
 * the turn that follows has begun, so a plan whose host ended in between is offered again.
 */
export function waitingPlan(state: ThreadState): ProposedPlanItem | undefined {
  const turn = state.turns[state.turns.length - 1];
  if (turn?.status !== 'completed') return undefined;
  return turn.entries.findLast((entry) => entry.type === 'proposedPlan');
}

/** The compaction that runs now, in a turn or between turns. */
export function runningCompaction(state: ThreadState): CompactionItem | undefined {
  const entry = state.turns
    .at(-1)
    ?.entries.findLast((candidate) => candidate.type === 'compaction');
  return entry?.type === 'compaction' && entry.status === 'inProgress' ? entry : undefined;
}

/** The compaction whose summary the model goes on from; undefined where the history was never replaced. */
export function lastCompaction(
  state: ThreadState,
): { readonly turnId: TurnId; readonly item: CompactionItem } | undefined {
  for (const turn of state.turns.toReversed()) {
    const item = turn.entries.findLast(
      (entry) => entry.type === 'compaction' && entry.status === 'completed',
    );
    if (item?.type === 'compaction') return { turnId: turn.id, item };
  }
  return undefined;
}

/**
 * The state after one more event. Pure; untouched parts keep their identity, so a view can compare by reference.
 */
export function foldEvent(state: ThreadState, event: ThreadEvent): ThreadState {
  const next = foldBody(state, event);
  return next.seq === event.seq ? next : { ...next, seq: event.seq };
}

function foldBody(state: ThreadState, event: ThreadEvent): ThreadState {
  switch (event.type) {
    case 'thread.started':
      return { ...state, cwd: event.cwd };
    case 'thread.renamed':
      return { ...state, title: event.title };
    case 'thread.archived':
      return { ...state, archived: event.archived };
    case 'input.waiting':
      return { ...state, waiting: event.inputs };
    case 'turn.started':
      return {
        ...state,
        turns: [...state.turns, startTurn(event)],
        restores: keepRestoredFiles(state.restores),
      };
    case 'turn.completed':
      return endTurn(state, event, { status: 'completed' });
    case 'turn.interrupted':
      return endTurn(state, event, { status: 'interrupted', interruptedBy: event.by });
    case 'turn.failed':
      return endTurn(state, event, { status: 'failed', error: event.error });
    case 'step.started':
      return updateTurn(state, event.turnId, ({ retry: _retry, ...turn }) => turn);
    case 'step.retried':
      return updateTurn(state, event.turnId, (turn) => ({
        ...turn,
        retry: {
          attempt: event.attempt,
          waitingFor: event.waitingFor,
          delayMs: event.delayMs,
          retriedAt: event.at + event.delayMs,
          error: event.error,
        },
      }));
    case 'step.completed':
      return {
        ...updateTurn(state, event.turnId, ({ retry: _retry, ...turn }) => ({
          ...turn,
          usage: addUsage(turn.usage, event.usage),
          ...(event.cost === undefined ? {} : { cost: (turn.cost ?? 0) + event.cost }),
        })),
        ...(event.apart
          ? {}
          : { contextTokens: event.usage.inputTokens + event.usage.outputTokens }),
      };
    case 'item.started':
      return updateTurn(addEntry(state, event.turnId, event.item), event.turnId, (turn) =>
        noteStart(turn, event.item, event.at),
      );
    case 'item.delta':
      return updateItem(state, event.turnId, event.itemId, (item) => applyDelta(item, event.delta));
    case 'item.completed':
      return {
        ...updateTurn(
          updateItem(state, event.turnId, event.item.id, () => event.item),
          event.turnId,
          (turn) => forgetStart(turn, event.item.id),
        ),
        comments: foldSaid(state.comments, event.turnId, event.item),
      };
    case 'comment.written':
      return { ...state, comments: foldWritten(state.comments, event.comment) };
    case 'comment.withdrawn':
      return { ...state, comments: foldWithdrawn(state.comments, event.commentId) };
    case 'history.appended':
    case 'decision.made':
    case 'host.contacted':
      return state;
    case 'outside.entered':
      return { ...state, outside: foldOutside(state.outside, event) };
    case 'history.compacted':
      return { ...editSummary(state, event.edited), contextTokens: event.tokensAfter };
    case 'approval.requested':
      return { ...state, approvals: [...state.approvals, event.approval] };
    case 'approval.resolved':
      return {
        ...state,
        approvals: state.approvals.filter((approval) => approval.id !== event.approvalId),
      };
    case 'changes.updated':
      return { ...state, changes: updateChanges(state.changes, event) };
    case 'hunk.resolved':
      return { ...state, accepted: addAccepted(state.accepted, event.accepted ?? [], event.seq) };
    case 'changes.committed':
      return {
        ...state,
        accepted: dropSettled(state.accepted, event),
        commits: event.commit
          ? [...state.commits, { ...event.commit, at: event.at }]
          : state.commits,
      };
    case 'files.written':
      return { ...state, writes: foldWrites(state.writes, event) };
    case 'thread.restored':
      return withComments({ ...state, ...foldRestore<TurnState>(state, event) });
    case 'restore.undone':
      return withComments({ ...state, ...foldUndoRestore<TurnState>(state, event) });
    case 'plan.resolved': {
      const { resolution, text } = event;
      return updateItem(state, event.turnId, event.itemId, (item) =>
        item.type === 'proposedPlan' ? { ...item, text, resolution } : item,
      );
    }
    case 'finding.resolved':
      return updateItem(state, event.turnId, event.itemId, (item) =>
        item.type === 'review' ? resolveFinding(item, event.findingId, event.resolution) : item,
      );
    case 'plan.updated':
      return { ...state, plan: event.plan };
    case 'notice.raised':
      return addEntry(state, undefined, {
        type: 'notice',
        id: `notice-${event.seq}`,
        level: event.level,
        text: event.text,
        ...(event.topic && { topic: event.topic }),
      });
    default:
      return unknownEvent(state, event);
  }
}

function withComments(state: ThreadState): ThreadState {
  return { ...state, comments: settleComments(state.comments, state.turns) };
}

/** A variant this version does not know (a newer journal) is passed over; the compiler still sees it missing. */
function unknownEvent(state: ThreadState, _event: never): ThreadState {
  return state;
}

function startTurn(event: EventEnvelope & { type: 'turn.started' } & ThreadEvent): TurnState {
  return {
    id: event.turnId,
    status: 'running',
    context: event.context,
    startedAt: event.at,
    entries: [],
    usage: noUsage,
  };
}

function endTurn(
  state: ThreadState,
  event: EventEnvelope & { readonly turnId: TurnId },
  ending: Pick<TurnState, 'status' | 'error' | 'interruptedBy'>,
): ThreadState {
  return updateTurn(state, event.turnId, ({ retry: _retry, ...turn }) => ({
    ...turn,
    ...ending,
    endedAt: event.at,
  }));
}

/** Turns are looked up from the end: nearly always the last one is meant. */
function updateTurn(
  state: ThreadState,
  turnId: TurnId,
  change: (turn: TurnState) => TurnState,
): ThreadState {
  const index = state.turns.findLastIndex((turn) => turn.id === turnId);
  const turn = state.turns[index];
  if (!turn) return state;
  const changed = change(turn);
  return changed === turn ? state : { ...state, turns: state.turns.with(index, changed) };
}

function noteStart(turn: TurnState, { id, status }: Item, at: number): TurnState {
  if (status !== 'inProgress') return turn;
  return { ...turn, itemsStartedAt: { ...turn.itemsStartedAt, [id]: at } };
}

function forgetStart(turn: TurnState, itemId: ItemId): TurnState {
  const { itemsStartedAt, ...rest } = turn;
  if (itemsStartedAt?.[itemId] === undefined) return turn;
  const { [itemId]: _ended, ...others } = itemsStartedAt;
  return Object.keys(others).length > 0 ? { ...rest, itemsStartedAt: others } : rest;
}

function editSummary(
  state: ThreadState,
  edited: (ThreadEvent & { type: 'history.compacted' })['edited'],
): ThreadState {
  if (!edited) return state;
  const { turnId, itemId, summary } = edited;
  return updateItem(state, turnId, itemId, (item) =>
    item.type === 'compaction' ? { ...item, summary } : item,
  );
}

/** An entry without a turn of its own (a notice) stands in the last turn. */
function addEntry(
  state: ThreadState,
  turnId: TurnId | undefined,
  entry: TranscriptEntry,
): ThreadState {
  const id = turnId ?? state.turns[state.turns.length - 1]?.id;
  if (id === undefined) return state;
  return updateTurn(state, id, (turn) => ({ ...turn, entries: [...turn.entries, entry] }));
}

function updateItem(
  state: ThreadState,
  turnId: TurnId,
  itemId: ItemId,
  change: (item: Item) => Item,
): ThreadState {
  return updateTurn(state, turnId, (turn) => {
    const index = turn.entries.findLastIndex((entry) => entry.id === itemId);
    const entry = turn.entries[index];
    if (!entry || entry.type === 'notice') return turn;
    const changed = change(entry);
    return changed === entry ? turn : { ...turn, entries: turn.entries.with(index, changed) };
  });
}

function resolveFinding(
  item: ReviewItem,
  findingId: string,
  resolution: FindingResolution,
): ReviewItem {
  const findings = item.findings.map((finding) =>
    finding.id === findingId ? { ...finding, resolution } : finding,
  );
  return { ...item, findings };
}

function applyDelta(item: Item, delta: ItemDelta): Item {
  if (delta.kind === 'reset') {
    return item.type === 'agentMessage' || item.type === 'reasoning' ? { ...item, text: '' } : item;
  }
  switch (item.type) {
    case 'agentMessage':
    case 'reasoning':
      return delta.kind === 'text' ? { ...item, text: item.text + delta.text } : item;
    case 'commandExecution':
    case 'toolCall':
      return delta.kind === 'output' ? { ...item, output: item.output + delta.text } : item;
    case 'compaction':
      return delta.kind === 'text' ? { ...item, summary: item.summary + delta.text } : item;
    case 'proposedPlan':
    case 'question':
    case 'review':
    case 'userMessage':
    case 'fileChange':
      return item;
  }
}
