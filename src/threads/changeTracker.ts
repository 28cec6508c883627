import * as l10n from '@vscode/l10n';
import type { AskingTurn } from '../agent/turnEnvironment';
import { delay } from '../base/abort';
import { toldMessage } from '../base/toldError';
import { acceptedChange } from '../changes/acceptedChange';
import type { Content } from '../changes/content';
import { keepModes } from '../changes/keepModes';
import { Touches } from '../changes/touches';
import { TrackedFiles, type RejectPlan } from '../changes/trackedFiles';
import { WorkQueue } from '../changes/workQueue';
import { WorkspaceStates } from '../changes/workspaceStates';
import { protectedPart } from '../policy/protectedPaths';
import type { ContentStore, TreeChange } from '../ports/contentStore';
import type { Log } from '../ports/log';
import { FileAccessError, type SavedFurther, type WorkspaceFiles } from '../ports/workspaceFiles';
import type { AcceptedChange } from '../protocol/acceptedChanges';
import {
  changesBetween,
  partsOf,
  type ChangeOrigin,
  type ChangePart,
  type ChangeSet,
  type ChangeTarget,
  type Resolution,
} from '../protocol/changes';
import type { FileWrite } from '../protocol/checkpoints';
import type { ThreadEventBody } from '../protocol/events';
import { newId, type ContentId } from '../protocol/ids';
import type { FileChangeSummary } from '../protocol/items';
import { filesWritten } from './filesWritten';
import { FolderWrites, type OwnWrites } from './folderWrites';
import { followMoves, guessMoves, type MoveParts } from './followMoves';
import { ObeyedWrites, partsToSettle } from './obeyedFiles';
import { Quarantine } from './quarantine';
import { readEffects } from './readEffects';
import type { RestoreWrites } from './restoreWrites';

/** What a tracker needs of the outside. */
export interface ChangeTrackerPorts {
  readonly files: WorkspaceFiles;
  readonly contents: ContentStore;
  readonly log: Log;
  emit(body: ThreadEventBody): void;
  /** Contents that a commit of accepted changes still needs. */
  acceptedContents?(): readonly ContentId[];
  /** What other threads of this host write; absent where there are none. */
  readonly folderWrites?: FolderWrites | undefined;
  /** True where no person works beside the agent: what changes during a turn is the doing of its commands. */
  readonly alone?: boolean;
}

/** A file the patch tool wrote; null where it was or is absent. */
export interface EditRecord {
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
  /** True where the file could be executed before; needed of a deleted one only, the others can be asked. */
  readonly wasExecutable?: boolean;
}

/** Starting git holds the process up for a moment, so the next request to the model gets this head start. */
const headStartMs = 15;

/**
 * Knows what a thread changed, whichever way: edits of the patch tool are told to it, edits of commands are the
 * difference of two states of the workspace, taken in the background while the model thinks. What the person changes
 * is kept apart from both. Everything runs one after the other; what fails becomes a notice.
 */
export class ChangeTracker {
  private readonly tracked: TrackedFiles;
  private readonly touches: Touches;
  private readonly states: WorkspaceStates;
  private readonly queue = new WorkQueue(() => this.publish());
  private readonly moveParts: MoveParts;
  private readonly others: OwnWrites;
  private inTurn = false;
  private lastCommand: readonly [ChangeOrigin, boolean] | undefined;
  private readonly obeyed = new ObeyedWrites((text, level) => this.say(text, level));
  private readonly quarantine: Quarantine;
  private readonly links = new Set<string>();
  private dirty = false;
  /** Aborted while somebody waits for the background work. */
  private hurry = new AbortController();
  /** The change set as last told. */
  private told: ChangeSet;

  /** `pending` is the change set of a stored thread; its files are compared with what is there now. */
  constructor(
    private readonly ports: ChangeTrackerPorts,
    pending: ChangeSet,
  ) {
    this.tracked = new TrackedFiles(ports.contents, pending.files, protectedPart);
    this.told = pending;
    this.touches = new Touches(ports.files.onDidChange, () =>
      this.inBackground(() => this.lookAtTouched()),
    );
    const readLive = (path: string) => this.readLive(path);
    const idOf = (content: Content) => this.tracked.idOf(content);
    this.states = new WorkspaceStates(ports.contents, this.touches, readLive, idOf);
    this.moveParts = { tracked: this.tracked, touches: this.touches, readLive };
    const { files, folderWrites = new FolderWrites() } = ports;
    this.others = folderWrites.join(files, (path, content) => this.otherWrote(path, content));
    this.quarantine = new Quarantine({
      ...{ files, tracked: this.tracked, log: ports.log, emit: (body) => ports.emit(body) },
      enqueue: (work) => this.queue.run(work),
      wrote: (path, content) => this.wrote(path, content),
      savedFurther: (saved) => this.savedFurther(saved),
      changed: (...change) => this.commandChanged(...change),
    });
    if (pending.files.length > 0) this.inBackground(() => this.reload(pending));
  }

  /** All edits that are not settled yet. */
  get changeSet(): ChangeSet {
    return { files: this.tracked.list(), notes: this.told.notes };
  }

  /** Takes the state the turn starts from, in the background. */
  beginTurn(turn: AskingTurn): void {
    this.inTurn = true;
    this.quarantine.beginTurn(turn);
    this.lastCommand = undefined;
    this.obeyed.beginTurn();
    this.inBackground(async () => {
      await delay(headStartMs, this.hurry.signal);
      await this.absorb();
    });
  }

  /**
   * Resolves when the state before a write is known and nothing is asked about what was written before; at once unless
   * something is still going on.
   */
  async beforeWrite(): Promise<void> {
    do await this.catchUp();
    while (await this.quarantine.answered());
    if (this.touches.paths.length > 0 || this.needsState()) {
      this.inBackground(async () => {
        if (this.needsState() || (await this.isTouched())) await this.absorb();
      });
    }
    await this.catchUp();
  }

  /** The patch tool wrote these files. */
  recordEdits(origin: ChangeOrigin, written: readonly EditRecord[]): void {
    const { files } = this.ports;
    const found = this.others.tellEdits(written);
    this.inBackground(async () => {
      const edits = await found;
      for (const { path, before, after, wasExecutable = false } of edits) {
        await this.tracked.personChanged(path, before);
        const allowed = after !== null && (await files.isExecutable(path));
        const executable = {
          before: before !== null && (after === null ? wasExecutable : allowed),
          after: allowed,
        };
        await this.tracked.agentChanged(path, before, after, origin, executable);
        this.states.noteWritten(path, after);
      }
      await this.tellWrites(origin, edits);
      this.dirty = true;
    });
  }

  /** A command that may have written ended: finds out in the background what it changed. */
  commandEnded(origin: ChangeOrigin, confined = false): void {
    this.lastCommand = [origin, confined];
    this.inBackground(async () => {
      await delay(headStartMs, this.hurry.signal);
      await this.attribute(origin, confined);
    });
  }

  /** Resolves when everything that happened so far is known and told; more may come, such as what the person answers. */
  async catchUp(): Promise<void> {
    this.hurry.abort();
    await this.queue.drained();
    this.hurry = new AbortController();
  }

  /** Resolves when everything that happened is known and told, and the turn writes no more. */
  async settle(): Promise<void> {
    this.inTurn = false;
    // A process that a command left behind may have written since.
    if (this.ports.alone && this.lastCommand) this.commandEnded(...this.lastCommand);
    await this.quarantine.endTurn(this.beforeWrite());
    this.ports.contents
      .trim([...this.tracked.contentIds(), ...(this.ports.acceptedContents?.() ?? [])])
      .catch(() => this.ports.log.warn('How much is kept of a folder could not be looked at.'));
  }

  /**
   * Accepts or rejects hunks, files, or everything, as one.
   * @throws EditConflictError, FileAccessError where a reject cannot be written; nothing changed then. Error where
   * there is no such change any more.
   */
  resolve(resolution: Resolution, target: ChangeTarget): Promise<void> {
    return this.queue.run(async () => {
      const found = await this.lookAtParts(target);
      const say = this.say.bind(this);
      const parts = partsToSettle(resolution, target, found, this.tracked, say);
      if (parts.length === 0 && found.length > 0) return;
      this.tracked.require(parts);
      const settled = parts.length < found.length && resolution === 'accept' ? { parts } : target;
      const accepted: AcceptedChange[] = [];
      if (resolution === 'accept') for (const part of parts) accepted.push(await this.accept(part));
      const written = resolution === 'reject' ? await this.reject(parts) : [];
      const moved = { ...(accepted[0] && { accepted }), ...(written[0] && { written }) };
      this.ports.emit({ type: 'hunk.resolved', resolution, target: settled, ...moved });
      this.dirty = true;
    });
  }

  /**
   * Writes what `plan` makes of these files, all or none, and tells it; nothing is followed meanwhile.
   * @throws what `plan` throws, EditConflictError and FileAccessError; nothing changed then.
   */
  restore(paths: readonly string[], plan: () => Promise<RestoreWrites>): Promise<void> {
    return this.queue.run(async () => {
      for (const path of paths) await this.readAgain(path);
      const { edits, files, event } = await plan();
      const saved = await this.ports.files.apply(keepModes(edits));
      for (const { path, content } of files) this.wrote(path, content);
      for (const { path, content, unmerged = content, pending } of files) {
        await this.tracked.place(path, unmerged, pending);
        await this.tracked.personChanged(path, content);
      }
      this.ports.emit(event);
      this.dirty = true;
      for (const { path } of saved) await this.readAgain(path);
    });
  }

  /** The content last accepted of a changed file; null where it was absent, undefined where it is not changed. */
  async baseline(path: string): Promise<Uint8Array | null | undefined> {
    const file = this.tracked.get(path);
    return file && this.tracked.contentOf(file.baseline);
  }

  dispose(): void {
    this.quarantine.dispose();
    this.queue.dispose();
    this.hurry.abort();
    this.touches.dispose();
    this.others.dispose();
  }

  /** Files of a stored thread may have changed while it was closed: those can only be viewed then. */
  private async reload(pending: ChangeSet): Promise<void> {
    for (const { path, live } of pending.files) {
      try {
        const now = await this.readLive(path);
        if (this.tracked.idOf(now) === live) continue;
        await this.tracked.reload(path, now);
      } catch (error) {
        this.tracked.forget(path);
        this.say(
          l10n.t('The changes of {0} can no longer be followed: {1}', path, toldMessage(error)),
        );
      }
      this.dirty = true;
    }
  }

  /** What a target is about, compared with what is there now. */
  private async lookAtParts(target: ChangeTarget): Promise<readonly ChangePart[]> {
    const { hunkId: _hunkId, ...files } = target;
    for (const { path } of partsOf(files, this.tracked.list())) await this.readAgain(path);
    return partsOf(target, this.tracked.list());
  }

  private async accept({ path, hunkIds }: ChangePart): Promise<AcceptedChange> {
    const before = this.tracked.get(path);
    await this.tracked.accept(path, hunkIds);
    if (!before) throw new Error(l10n.t('{0} has no open changes.', path));
    return acceptedChange(before, this.tracked.get(path));
  }

  private async reject(parts: readonly ChangePart[]): Promise<readonly FileWrite[]> {
    const plans: RejectPlan[] = [];
    for (const { path, hunkIds } of parts) plans.push(await this.tracked.planReject(path, hunkIds));
    const edits = keepModes(plans.map(({ edit }) => edit));
    let saved: readonly SavedFurther[];
    try {
      saved = await this.ports.files.apply(edits);
    } catch (error) {
      for (const { path } of parts) await this.readAgain(path).catch(() => undefined);
      throw error;
    }
    for (const { edit } of plans) this.wrote(edit.path, edit.bytes);
    for (const { commit } of plans) await commit();
    await this.savedFurther(saved);
    const idOf = (bytes: Uint8Array | null) => this.tracked.idOf(bytes);
    return edits.map(({ path, expected, bytes }) => {
      return { path, before: idOf(expected), after: idOf(bytes) };
    });
  }

  /** A formatter that ran on saving is not the agent, and undoes nothing. */
  private async savedFurther(saved: readonly SavedFurther[]): Promise<void> {
    for (const { path, bytes } of saved) {
      await this.tracked.personChanged(path, bytes, false);
      this.states.noteWritten(path, bytes);
    }
  }

  /**
   * Takes over what the person did. During a turn a touch of the disk may be the running command's: it waits for the
   * next state, which tells.
   */
  private async lookAtTouched(): Promise<void> {
    await this.followMoves();
    const paths = this.inTurn ? this.touches.typedPaths : this.touches.paths;
    for (const path of paths) {
      this.touches.remove(path);
      await this.readAgain(path);
    }
  }

  /** True where the last state would not tell the person's doing from a command's. */
  private needsState(): boolean {
    return !this.states.isKnown || this.touches.typedSinceState;
  }

  /** False where all touches turn out to be echoes of what we know. */
  private async isTouched(): Promise<boolean> {
    const paths = this.touches.paths;
    for (const path of paths) {
      if (!this.tracked.isLive(path, await this.readLive(path))) return true;
    }
    for (const path of paths) this.touches.remove(path);
    return false;
  }

  /** Compares a tracked file with what is there; what differs is the person's doing. */
  private async readAgain(path: string): Promise<void> {
    if (!this.tracked.has(path)) return;
    const now = await this.readLive(path);
    const executable = this.tracked.get(path)?.executable;
    if (executable && now !== null) {
      const allowed = await this.ports.files.isExecutable(path);
      if (allowed !== executable.live) {
        await this.tracked.personAllowed(path, allowed);
        this.dirty = true;
      }
    }
    if (this.tracked.isLive(path, now)) return;
    await this.tracked.personChanged(path, now);
    this.states.noteWritten(path, now);
    this.dirty = true;
  }

  /** A folder, a pipe or a link to elsewhere in the place of a file: the file is gone. */
  private async readLive(path: string): Promise<Uint8Array | null> {
    try {
      return await this.ports.files.read(path);
    } catch (error) {
      if (error instanceof FileAccessError) return null;
      throw error;
    }
  }

  /** This thread wrote a file, and no command did. */
  private wrote(path: string, content: Content): void {
    this.states.noteWritten(path, content);
    this.others.tell(path, content);
  }

  /** Another thread wrote a file: as the person's edits, it is kept apart from what this one changed. */
  private otherWrote(path: string, content: Content): void {
    // At once, for a state that is being taken, and again for the one after it, should that have missed the write.
    this.states.noteWritten(path, content);
    this.inBackground(async () => {
      this.states.noteWritten(path, content);
      await this.readAgain(path);
    });
  }

  /** Takes a new state while no command runs: what differs from the last one is the person's doing. */
  private async absorb(): Promise<void> {
    await this.followMoves();
    const paths = new Set(this.touches.paths);
    for (const path of paths) this.touches.remove(path);
    for (const path of await this.states.takeNew()) paths.add(path);
    if (await guessMoves(this.moveParts, paths)) this.dirty = true;
    for (const path of paths) await this.readAgain(path);
  }

  private async followMoves(): Promise<void> {
    for (const { from, to } of followMoves(this.moveParts)) {
      this.states.noteWritten(from, null);
      this.states.noteWritten(to, await this.readLive(to));
      await this.readAgain(to);
      this.dirty = true;
    }
  }

  private async attribute(origin: ChangeOrigin, confined: boolean): Promise<void> {
    await this.lookAtTouched();
    await this.others.told();
    const all = await this.states.takeEffects();
    const takenBack = confined ? await this.quarantine.takeBack(origin, all) : undefined;
    for (const { path } of takenBack ?? []) this.touches.remove(path);
    const effects = all.filter((effect) => !takenBack?.has(effect));
    if (effects.length === 0) return;
    if (confined) this.obeyed.written(effects.map(({ path }) => path));
    const changes: FileChangeSummary[] = [];
    for await (const { change, before, after, summary } of readEffects(effects, this.tracked)) {
      changes.push(summary);
      this.touches.remove(change.path);
      if (change.link) this.links.add(change.path);
      else if (change.before !== change.after || changesPermissions(change)) {
        await this.commandChanged(change, before, after, origin);
      }
    }
    this.dirty = true;
    this.emitAll(
      filesWritten(
        origin,
        effects.filter(({ link }) => !link),
      ),
    );
    const { turnId, itemId: commandItemId } = origin;
    const item = { type: 'fileChange', id: newId(), changes, commandItemId } as const;
    this.ports.emit({ type: 'item.started', turnId, item: { ...item, status: 'inProgress' } });
    this.ports.emit({ type: 'item.completed', turnId, item: { ...item, status: 'completed' } });
  }

  private async commandChanged(
    { path, executable }: TreeChange,
    before: Content,
    after: Content,
    origin: ChangeOrigin,
  ): Promise<void> {
    await this.tracked.agentChanged(path, before, after, origin, executable);
    this.others.tell(path, after);
    this.dirty = true;
  }

  /** Keeps what the patch tool wrote and tells it, so that it can be taken back. */
  private async tellWrites(origin: ChangeOrigin, edits: readonly EditRecord[]): Promise<void> {
    const { tracked } = this;
    const files: FileWrite[] = [];
    for (const { path, before, after } of edits) {
      files.push({ path, before: await tracked.put(before), after: await tracked.put(after) });
    }
    this.emitAll(filesWritten(origin, files));
  }

  private emitAll(bodies: readonly ThreadEventBody[]): void {
    for (const body of bodies) this.ports.emit(body);
  }

  private inBackground(work: () => Promise<void>): void {
    const done = this.queue.run(async () => {
      try {
        await work();
      } catch (error) {
        this.ports.log.error('Following the changes of a thread failed.');
        this.say(l10n.t('Some changes could not be followed: {0}', toldMessage(error)));
      }
    });
    done.catch(() => this.ports.log.error('The changes of a thread could not be told.'));
  }

  /** Tells the whole change set once for all that happened in a row. */
  private publish(): void {
    const notes = [...this.ports.contents.notes()];
    if (this.links.size > 0) {
      const links = [...this.links].join(', ');
      notes.push(l10n.t('Links were changed, which reject leaves alone: {0}.', links));
    }
    const noted = notes.join('\n') !== this.told.notes.join('\n');
    if (!this.dirty && !noted) return;
    this.dirty = false;
    const changeSet = { files: this.tracked.list(), notes };
    this.ports.emit({ type: 'changes.updated', ...changesBetween(this.told, changeSet) });
    this.told = changeSet;
  }

  private say(text: string, level: 'warning' | 'error' = 'error'): void {
    this.ports.emit({ type: 'notice.raised', level, text });
  }
}

function changesPermissions({ executable }: TreeChange): boolean {
  return executable !== undefined && executable.before !== executable.after;
}
