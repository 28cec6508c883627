import type { CheckpointRef, FileWrite, RestoreRecord, WriteRecord } from './checkpoints';
import type { EventEnvelope, ThreadEvent } from './events';
import type { ThreadState, TurnState } from './threadState';
import type { Plan } from './plan';

/** A restore that can be undone, with what it took out of the state. */
export interface UndoableRestore extends RestoreRecord {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The writes it took back. */
  readonly writes: readonly WriteRecord[];
  /** The conversation it took back; absent where it did not, and once a newer turn began. */
  readonly conversation?: {
    readonly turns: readonly TurnState[];
    readonly plan: Plan | null;
    readonly contextTokens: number;
  };
}

type Event<Type extends ThreadEvent['type']> = EventEnvelope & ThreadEvent & { type: Type };

/** The writes since a checkpoint, oldest first; undefined where it is not one of this state. */
export function writesSince(
  { turns, writes }: Pick<ThreadState, 'turns' | 'writes'>,
  { turnId, itemId }: CheckpointRef,
): readonly WriteRecord[] | undefined {
  if (itemId !== undefined) {
    const at = writes.findIndex((write) => write.itemId === itemId);
    return at < 0 ? undefined : writes.slice(at);
  }
  const index = turns.findIndex((turn) => turn.id === turnId);
  const turn = turns[index];
  if (!turn) return undefined;
  const earlier = new Set(turns.slice(0, index).map(({ id }) => id));
  const later = new Set(turns.slice(index).map(({ id }) => id));
  // Turns that left the conversation while their files stayed are placed by the time.
  const at = writes.findIndex(
    (write) =>
      later.has(write.turnId) || (!earlier.has(write.turnId) && write.at >= turn.startedAt),
  );
  return at < 0 ? [] : writes.slice(at);
}

/** A call wrote files. */
export function foldWrites(state: ThreadState, event: Event<'files.written'>): ThreadState {
  const { turnId, itemId, files, seq, at } = event;
  return { ...state, writes: [...state.writes, { turnId, itemId, seq, at, files }] };
}

/** The thread went back. */
export function foldRestore(state: ThreadState, event: Event<'thread.restored'>): ThreadState {
  const { restore, conversation, at } = event;
  const settled = new Set(restore.files.map(({ path }) => path));
  const since = writesSince(state, restore.checkpoint) ?? [];
  const before = state.writes.slice(0, state.writes.length - since.length);
  const index = conversation
    ? state.turns.findIndex((turn) => turn.id === conversation.turnId)
    : -1;
  const undoable: UndoableRestore = {
    ...restore,
    at,
    writes: filterFiles(since, ({ path }) => settled.has(path)),
    ...(conversation && index >= 0
      ? {
          conversation: {
            turns: state.turns.slice(index),
            plan: state.plan,
            contextTokens: state.contextTokens,
          },
        }
      : {}),
  };
  return {
    ...state,
    writes: [...before, ...filterFiles(since, ({ path }) => !settled.has(path))],
    restores: [...state.restores, undoable],
    ...(conversation
      ? {
          turns: index < 0 ? state.turns : state.turns.slice(0, index),
          plan: conversation.plan,
          contextTokens: conversation.tokens,
        }
      : {}),
  };
}

/** A restore was taken back; only the last one can be. */
export function foldUndoRestore(state: ThreadState, event: Event<'restore.undone'>): ThreadState {
  const restore = state.restores.at(-1);
  if (restore?.id !== event.restoreId) return state;
  const back = new Set(event.paths);
  const writes = [
    ...state.writes,
    ...filterFiles(restore.writes, ({ path }) => back.has(path)),
  ].sort((a, b) => a.seq - b.seq);
  const { conversation } = restore;
  return {
    ...state,
    writes,
    restores: state.restores.slice(0, -1),
    ...(conversation && event.history
      ? {
          turns: [...state.turns, ...conversation.turns],
          plan: conversation.plan,
          contextTokens: conversation.contextTokens,
        }
      : {}),
  };
}

/** A new turn began: what was said before a restore is in the journal alone now. */
export function keepRestoredFiles(
  restores: readonly UndoableRestore[],
): readonly UndoableRestore[] {
  if (restores.every((restore) => !restore.conversation)) return restores;
  return restores
    .filter(({ scope }) => scope !== 'conversation')
    .map(({ conversation: _gone, ...restore }) => restore);
}

function filterFiles(
  writes: readonly WriteRecord[],
  keeps: (file: FileWrite) => boolean,
): WriteRecord[] {
  return writes.flatMap((write) => {
    const files = write.files.filter(keeps);
    return files.length > 0 ? [{ ...write, files }] : [];
  });
}
