import { estimateItems } from '../agent/estimateTokens';
import {
  planRestoredFile,
  previewOf,
  takeCheckpoint,
  writesByPath,
  type PlannedFile,
} from '../changes/planRestore';
import { sameBytes } from '../changes/content';
import { mergeContents } from '../changes/mergeText';
import type { ContentStore } from '../ports/contentStore';
import { FileAccessError, type FileEdit, type WorkspaceFiles } from '../ports/workspaceFiles';
import { writesSince, type UndoableRestore } from '../protocol/checkpointFold';
import type { ChangedFile } from '../protocol/changes';
import type {
  CheckpointRef,
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
import type { ChangeTracker, RestoreWrites } from './changeTracker';
import type { EventLog } from './eventLog';

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
    const { events, tracker } = this.parts;
    await tracker.catchUp();
    this.requireQuiet();
    const since = this.since(checkpoint);
    const back =
      scope === 'files' ? undefined : conversationBefore(this.parts.readStored(), checkpoint);
    if (scope !== 'files' && !back) throw new RestoreError('There is no such message any more.');
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
      return this.writes(planned, since, (files, kept, pendingBefore) =>
        restored({ checkpoint, scope, files, kept, pendingBefore }, back),
      );
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
      throw new RestoreError('This restore cannot be undone any more.');
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
      const unmerged = await this.content(before);
      const merged = mergeContents(await this.content(after), live, unmerged);
      if (!merged) {
        kept.push(path);
        continue;
      }
      const { content } = merged;
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

  private async writes(
    planned: readonly PlannedFile[],
    since: readonly WriteRecord[],
    tell: (
      ...parts: [
        files: RestoreRecordParts['files'],
        kept: readonly string[],
        pending: RestoreRecordParts['pendingBefore'],
      ]
    ) => RestoreWrites['event'],
  ): Promise<RestoreWrites> {
    const { contents, tracker } = this.parts;
    const reverted = new Set(since.map(({ itemId }) => itemId));
    const done = planned.filter(({ outcome }) => outcome === 'restored' || outcome === 'merged');
    const kept = planned.filter((file) => !done.includes(file)).map(({ path }) => path);
    const keep = async (content: Uint8Array | null) => content && contents.put(content);
    const open = new Map(tracker.changeSet.files.map((file) => [file.path, file]));
    const written: RestoreRecordParts['files'][number][] = [];
    for (const { path, live, result } of done) {
      written.push({ path, before: await keep(live), after: await keep(result) });
    }
    const left = ({ origins }: ChangedFile) =>
      origins.filter(({ itemId }) => !reverted.has(itemId));
    return {
      edits: changing(
        done.map(({ path, live, result }) => {
          const file = open.get(path);
          const edit = { path, bytes: result, expected: live };
          // Permissions go back with the last of the thread's writes.
          if (!file || result === null || left(file).length > 0) return edit;
          if (!file.executable && live !== null) return edit;
          return { ...edit, executable: file.executable?.baseline ?? false };
        }),
        (path) => open.get(path)?.executable?.live,
      ),
      files: done.map(({ path, result }) => {
        const file = open.get(path);
        return {
          path,
          content: result,
          ...(file && { pending: { ...file, origins: left(file) } }),
        };
      }),
      event: tell(
        written,
        kept,
        done.flatMap(({ path }) => {
          const file = open.get(path);
          if (!file) return [];
          const { baseline, live, executable, origins } = file;
          return [
            { path, pending: { baseline, live, origins, ...(executable && { executable }) } },
          ];
        }),
      ),
    };
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
    if (!since) throw new RestoreError('What was written there was already taken back.');
    return since;
  }

  private requireQuiet(): void {
    const { events, isBusy } = this.parts;
    events.requireOwner();
    if (isBusy() || runningTurn(events.state)) {
      throw new RestoreError('A turn is running: stop it, or restore after it has ended.');
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

type RestoreRecordParts = (ThreadEvent & { type: 'thread.restored' })['restore'];

function restored(
  record: Omit<RestoreRecordParts, 'id'>,
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

/** Edits that change a content, or whether the file may be executed. */
function changing(
  edits: readonly FileEdit[],
  isExecutable: (path: string) => boolean | undefined = () => undefined,
): FileEdit[] {
  return edits.filter(
    ({ path, bytes, expected, executable }) =>
      !sameBytes(bytes, expected) ||
      (executable !== undefined && executable !== isExecutable(path)),
  );
}

function lost(path: string): RestoreError {
  return new RestoreError(`The content that ${path} had then is no longer kept.`);
}
