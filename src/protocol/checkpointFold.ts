import type {
  CheckpointRef,
  FileWrite,
  RestoreRecord,
  RestoredConversation,
  WriteRecord,
} from './checkpoints';
import type { ItemId, TurnId } from './ids';
import type { Plan } from './plan';

/** What going back needs to know of a turn. */
export interface FoldedTurn {
  readonly id: TurnId;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** A restore that can be undone, with what it took out of the state. */
export interface UndoableRestore<Turn extends FoldedTurn = FoldedTurn> extends RestoreRecord {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The writes it took back. */
  readonly writes: readonly WriteRecord[];
  /** The conversation it took back; absent where it did not, and once a newer turn began. */
  readonly conversation?: {
    readonly turns: readonly Turn[];
    readonly plan: Plan | null;
    readonly contextTokens: number;
  };
}

/** The part of a thread's state that goes back. */
export interface CheckpointState<Turn extends FoldedTurn> {
  readonly turns: readonly Turn[];
  readonly writes: readonly WriteRecord[];
  readonly restores: readonly UndoableRestore<Turn>[];
  readonly plan: Plan | null;
  readonly contextTokens: number;
}

/** When an event happened. */
interface Stamp {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The writes since a checkpoint, oldest first; undefined where it is not one of this state. */
export function writesSince(
  { turns, writes }: Pick<CheckpointState<FoldedTurn>, 'turns' | 'writes'>,
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
export function foldWrites(
  writes: readonly WriteRecord[],
  event: Stamp & {
    readonly turnId: TurnId;
    readonly itemId: ItemId;
    readonly files: readonly FileWrite[];
  },
): readonly WriteRecord[] {
  const { turnId, itemId, files, seq, at } = event;
  return [...writes, { turnId, itemId, seq, at, files }];
}

/** The thread went back. */
export function foldRestore<Turn extends FoldedTurn>(
  state: CheckpointState<Turn>,
  event: Stamp & {
    readonly restore: RestoreRecord;
    readonly conversation?: RestoredConversation;
  },
): CheckpointState<Turn> {
  const { restore, conversation, at } = event;
  const settled = new Set(restore.files.map(({ path }) => path));
  const since = writesSince(state, restore.checkpoint) ?? [];
  const before = state.writes.slice(0, state.writes.length - since.length);
  const index = conversation
    ? state.turns.findIndex((turn) => turn.id === conversation.turnId)
    : -1;
  const undoable: UndoableRestore<Turn> = {
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
export function foldUndoRestore<Turn extends FoldedTurn>(
  state: CheckpointState<Turn>,
  event: {
    readonly restoreId: string;
    readonly paths: readonly string[];
    readonly history?: readonly object[];
  },
): CheckpointState<Turn> {
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
export function keepRestoredFiles<Turn extends FoldedTurn>(
  restores: readonly UndoableRestore<Turn>[],
): readonly UndoableRestore<Turn>[] {
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
