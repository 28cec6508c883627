import type { ChangedFile } from './changes';
import type { ContentId, ItemId, TurnId } from './ids';
import type { FileChangeKind } from './items';
import type { ModelItem } from './modelItem';
import type { Plan } from './plan';

/** The moment a turn began, or, where an item is named, the one before that item first wrote. */
export interface CheckpointRef {
  readonly turnId: TurnId;
  readonly itemId?: ItemId;
}

/** What one call wrote in one file; null where it was or is absent. */
export interface FileWrite {
  readonly path: string;
  readonly before: ContentId | null;
  readonly after: ContentId | null;
}

/** What one call, a patch or a command, wrote. The writes of a thread in their order are its checkpoints. */
export interface WriteRecord {
  readonly turnId: TurnId;
  readonly itemId: ItemId;
  /** The event's number; writes are in its order. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly files: readonly FileWrite[];
}

export const restoreScopes = ['files', 'conversation', 'both'] as const;
/** What goes back: the files, the conversation, or both. */
export type RestoreScope = (typeof restoreScopes)[number];

/** How a file stood for review before a restore; absent where it had no open changes. */
export interface PendingBefore {
  readonly path: string;
  readonly pending: Pick<ChangedFile, 'baseline' | 'live' | 'executable' | 'origins'>;
}

/** The conversation after a restore; `history` is exactly what the model sees from now on. */
export interface RestoredConversation {
  /** This turn and all after it are gone. */
  readonly turnId: TurnId;
  readonly history: readonly ModelItem[];
  /** Estimated tokens of `history`. */
  readonly tokens: number;
  readonly plan: Plan | null;
}

/** A restore as it is recorded: enough to take it back. */
export interface RestoreRecord {
  readonly id: string;
  readonly checkpoint: CheckpointRef;
  readonly scope: RestoreScope;
  /** What the restore wrote; files that already were what they were to become are in it too. */
  readonly files: readonly FileWrite[];
  /** Files left alone, because the person's later edits cannot be told from the thread's, or a content is lost. */
  readonly kept: readonly string[];
  readonly pendingBefore: readonly PendingBefore[];
}

/** What a restore would do to one file. */
export interface RestoreFile {
  readonly path: string;
  /** What happens to the file, seen from how it is now. */
  readonly kind: FileChangeKind;
  /**
   * `restored`: as it was then. `merged`: as it was then, with the person's later edits. `conflict`: the person
   * changed the same lines, so one of both texts has to be chosen. `lost`: its content is no longer kept.
   */
  readonly outcome: 'restored' | 'merged' | 'conflict' | 'lost';
  /** Lines that come and go; of a conflict where the checkpoint's text is taken. */
  readonly added: number;
  readonly removed: number;
}

/** What a restore would do. */
export interface RestorePreview {
  readonly checkpoint: CheckpointRef;
  readonly files: readonly RestoreFile[];
  /** Turns that would leave the conversation; 0 where only files can go back. */
  readonly turns: number;
}
