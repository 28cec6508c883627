import * as l10n from '@vscode/l10n';
import { estimateItems } from '../agent/estimateTokens';
import type { Content } from '../changes/content';
import {
  planRestoredFile,
  previewOf,
  takeCheckpoint,
  writesByPath,
  type PlannedFile,
} from '../changes/planRestore';
import { mergeContents } from '../changes/mergeText';
import type { ContentStore } from '../ports/contentStore';
import { FileAccessError, type FileEdit, type WorkspaceFiles } from '../ports/workspaceFiles';
import { writesSince, type UndoableRestore } from '../protocol/checkpointFold';
import type {
  CheckpointRef,
  RestoreRecord,
  RestoredConversation,
  RestorePreview,
  RestoreScope,
  WriteRecord,
} from '../protocol/checkpoints';
import type { ThreadEvent } from '../protocol/events';
import { newId, type ContentId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import { runningTurn } from '../protocol/threadState';
import { conversationBefore, historyOf } from './conversationBefore';
import type { ChangeTracker } from './changeTracker';
import type { EventLog } from './eventLog';
import { changing, planWrites, type RestoreWrites } from './restoreWrites';

/** What a restorer needs of its thread. */
export interface RestorerParts {
  readonly events: EventLog;
  readonly tracker: ChangeTracker;
  readonly files: WorkspaceFiles;
  readonly contents: ContentStore;
  /** True while a turn, or a compaction, runs. */
  readonly isBusy: () => boolean;
  /** All events stored of the thread. @throws JournalError */
  readonly readStored: () => readonly ThreadEvent[];
}

/** What the person chose in the preview. */
export interface RestoreChoice {
  readonly scope: RestoreScope;
  /** Files in conflict that become what the checkpoint holds; the person's text is kept for the undo. */
  readonly takeCheckpoint?: readonly string[];
}

/** Both texts of a file in conflict. */
export interface ConflictTexts {
  readonly mine: Uint8Array | null;
  readonly checkpoint: Uint8Array | null;
}

/** A restore cannot be done now; the message says why, in words for people. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';
}

/**
 * Puts files and the conversation of a thread back to a checkpoint. Only files that the thread wrote since are
 * touched, and what the person changed in them since is kept.
 */
export class Restorer {
  constructor(private readonly parts: RestorerParts) {}

  /** What a restore would do; nothing changes. @throws RestoreError */
  async preview(checkpoint: CheckpointRef): Promise<RestorePreview> {
    await this.parts.tracker.catchUp();
    const planned = await this.plan(this.since(checkpoint));
    const { turns } = this.parts.events.state;
    const index = turns.findIndex(({ id }) => id === checkpoint.turnId);
    return {
      checkpoint,
      files: planned.flatMap((file) => previewOf(file) ?? []),
      turns: checkpoint.itemId === undefined && index >= 0 ? turns.length - index : 0,
    };
  }

  /** Both texts of a file, to be shown side by side. @throws RestoreError where one is no longer kept. */
  async texts(checkpoint: CheckpointRef, path: string): Promise<ConflictTexts> {
    const [planned] = await this.plan(this.since(checkpoint), path);
    if (planned?.checkpoint === undefined) throw lost(path);
    return { mine: planned.live, checkpoint: planned.checkpoint };
  }

  /**
   * Restores; answers what the person had said where the conversation went back.
   * @throws RestoreError, JournalError; EditConflictError and FileAccessError where files cannot be written. Nothing
   * changed then.
   */
  async restore(
    checkpoint: CheckpointRef,
    { scope, takeCheckpoint: taken = [] }: RestoreChoice,
  ): Promise<UserInput | undefined> {
    const { events, tracker, contents } = this.parts;
    await tracker.catchUp();
    this.requireQuiet();
    const since = this.since(checkpoint);
    const back =
      scope === 'files' ? undefined : conversationBefore(this.parts.readStored(), checkpoint);
    if (scope !== 'files' && !back) {
      throw new RestoreError(l10n.t('There is no such message any more.'));
    }
    if (scope === 'conversation') {
      events.emit(restored({ checkpoint, scope, files: [], kept: [], pendingBefore: [] }, back));
      return back?.input;
    }
    const paths = [...writesByPath(since).keys()];
    await tracker.restore(paths, async () => {
      this.requireQuiet();
      const planned = (await this.plan(since)).map((file) =>
        file.outcome === 'conflict' && taken.includes(file.path) ? takeCheckpoint(file) : file,
      );
      const { edits, standings, ...record } = await planWrites(
        planned,
        since,
        tracker.changeSet.files,
        async (content) => content && contents.put(content),
      );
      return { edits, files: standings, event: restored({ checkpoint, scope, ...record }, back) };
    });
    return back?.input;
  }

  /** Takes the last restore back; answers the files that were changed since so that they stay as they are. */
  async undo(restoreId: string): Promise<readonly string[]> {
    const { events, tracker } = this.parts;
    await tracker.catchUp();
    this.requireQuiet();
    const restore = events.state.restores.at(-1);
    if (restore?.id !== restoreId)
      throw new RestoreError(l10n.t('This restore cannot be undone any more.'));
    const history = restore.conversation
      ? historyOf(this.parts.readStored(), restoreId)
      : undefined;
    const kept: string[] = [];
    await tracker.restore(
      restore.files.map(({ path }) => path),
      async () => {
        this.requireQuiet();
        return this.undoWrites(restore, kept, history);
      },
    );
    return kept;
  }

  private async undoWrites(
    restore: UndoableRestore,
    kept: string[],
    history: RestoredConversation['history'] | undefined,
  ): Promise<RestoreWrites> {
    const edits: FileEdit[] = [];
    const files: RestoreWrites['files'][number][] = [];
    const paths: string[] = [];
    for (const { path, before, after } of restore.files) {
      const live = await this.live(path);
      const merged = await this.mergeBack(before, live, after);
      if (!merged) {
        kept.push(path);
        continue;
      }
      const { content, unmerged } = merged;
      const known = restore.pendingBefore.find((file) => file.path === path);
      const executable = content === null ? undefined : known?.pending.executable?.live;
      const edit = { path, bytes: content, expected: live };
      edits.push(executable === undefined ? edit : { ...edit, executable });
      files.push({ path, content, unmerged, ...(known ? { pending: known.pending } : {}) });
      paths.push(path);
    }
    const event = { type: 'restore.undone' as const, restoreId: restore.id, paths };
    return { edits: changing(edits), files, event: history ? { ...event, history } : event };
  }

  /** Undefined where the file was changed in the same lines since, or its content is no longer kept. */
  private async mergeBack(before: ContentId | null, live: Content, after: ContentId | null) {
    try {
      const unmerged = await this.content(before);
      const merged = mergeContents(await this.content(after), live, unmerged);
      return merged && { ...merged, unmerged };
    } catch {
      return undefined;
    }
  }

  private async plan(since: readonly WriteRecord[], only?: string): Promise<PlannedFile[]> {
    const planned: PlannedFile[] = [];
    for (const [path, writes] of writesByPath(since)) {
      if (only !== undefined && path !== only) continue;
      const live = await this.live(path);
      planned.push(await planRestoredFile(path, writes, live, (id) => this.content(id)));
    }
    return planned.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private since(checkpoint: CheckpointRef): readonly WriteRecord[] {
    const since = writesSince(this.parts.events.state, checkpoint);
    if (!since) throw new RestoreError(l10n.t('What was written there was already taken back.'));
    return since;
  }

  private requireQuiet(): void {
    const { events, isBusy } = this.parts;
    events.requireOwner();
    if (isBusy() || runningTurn(events.state)) {
      throw new RestoreError(l10n.t('A turn is running: stop it, or restore after it has ended.'));
    }
  }

  private async live(path: string): Promise<Uint8Array | null> {
    try {
      return await this.parts.files.read(path);
    } catch (error) {
      // A folder or a pipe stands there now: the file is gone, and writing it is refused in words.
      if (error instanceof FileAccessError) return null;
      throw error;
    }
  }

  private async content(id: ContentId | null): Promise<Uint8Array | null> {
    return id === null ? null : this.parts.contents.get(id);
  }
}

function restored(
  record: Omit<RestoreRecord, 'id'>,
  back:
    | {
        readonly history: RestoredConversation['history'];
        readonly plan: RestoredConversation['plan'];
      }
    | undefined,
) {
  const restore = { id: newId(), ...record };
  const { turnId } = record.checkpoint;
  if (!back) return { type: 'thread.restored', restore } as const;
  const { history, plan } = back;
  const conversation = { turnId, history, plan, tokens: estimateItems(history) };
  return { type: 'thread.restored', restore, conversation } as const;
}

function lost(path: string): RestoreError {
  return new RestoreError(l10n.t('The content that {0} had then is no longer kept.', path));
}
