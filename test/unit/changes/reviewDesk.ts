import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/emitter';
import { decodePair } from '../../../src/changes/textFile';
import { acceptHunk } from './settleHunk';
import {
  EditConflictError,
  type FileEdit,
  type FileTouch,
  type WorkspaceFiles,
} from '../../../src/ports/workspaceFiles';
import type { ChangeSet, ChangeTarget, Resolution } from '../../../src/protocol/changes';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import { emptyThreadState, foldEvent } from '../../../src/protocol/threadState';
import { ChangeTracker } from '../../../src/threads/changeTracker';
import { askingTurn } from '../../support/askingTurn';
import { memoryContents } from '../../support/memoryPorts';
import { bytesOf, ReviewedFile, styles, type Slots } from './reviewedFiles';

const log = { info() {}, warn() {}, error() {} };

/** Where undo and redo go in one file; the last of `done` is what the editor shows. */
interface UndoStack {
  done: Slots[];
  undone: Slots[];
}

/**
 * A person and an agent at work on the same files: a change tracker on files in memory, editors with an undo stack, a
 * journal, and beside them what the rules of the review say.
 */
export class ReviewDesk {
  readonly files = new Map<string, Uint8Array>();
  readonly expected = Object.keys(styles).map((path) => new ReviewedFile(path));
  private readonly touches = new Emitter<FileTouch>();
  private readonly contents = memoryContents(this.files);
  private readonly undo = new Map<string, UndoStack>();
  private journal: ThreadEvent[] = [];
  private tracker: ChangeTracker;
  private calls = 0;

  constructor() {
    for (const { path, live, liveSlots } of this.expected) {
      this.files.set(path, live);
      this.undo.set(path, { done: [liveSlots], undone: [] });
    }
    this.tracker = this.openTracker();
  }

  beginTurn(): void {
    this.tracker.beginTurn(askingTurn('turn'));
  }

  /** The agent edits a slot of some files at once, with a patch or with a command. */
  async agentEdits(
    indexes: readonly number[],
    slot: number,
    lines: readonly string[],
    how: 'patch' | 'command',
  ): Promise<void> {
    await this.tracker.beforeWrite();
    const edits = indexes.map((index) => {
      const file = this.expected[index] as ReviewedFile;
      const before = file.live;
      file.agentEdits(slot, lines);
      this.write(file);
      return { path: file.path, before, after: file.live };
    });
    this.calls += 1;
    const origin = { turnId: 'turn', itemId: `call ${this.calls}`, label: how };
    if (how === 'patch') this.tracker.recordEdits(origin, edits);
    else this.tracker.commandEnded(origin);
    await this.tracker.catchUp();
  }

  /** The person types; the tracker hears of it and looks when it gets to it. */
  personTypes(index: number, slot: number, lines: readonly string[], by: FileTouch['by']): void {
    const file = this.expected[index] as ReviewedFile;
    file.personEdits(slot, lines);
    this.write(file);
    this.touches.fire({ path: file.path, by });
  }

  /** Saving changes nothing that is seen: the watcher tells of a file that is as it was. */
  personSaves(index: number): void {
    this.touches.fire({ path: (this.expected[index] as ReviewedFile).path, by: 'disk' });
  }

  async goesBack(index: number, direction: 'undo' | 'redo'): Promise<void> {
    await this.look();
    const file = this.expected[index] as ReviewedFile;
    const { done, undone } = this.undo.get(file.path) as UndoStack;
    if (direction === 'undo' && done.length > 1) undone.push(done.pop() as Slots);
    else if (direction === 'redo' && undone.length > 0) done.push(undone.pop() as Slots);
    else return;
    const slots = done.at(-1) as Slots;
    file.goesBackTo(slots);
    this.files.set(file.path, bytesOf(file.path, slots));
    this.touches.fire({ path: file.path, by: 'undo' });
    await this.look();
  }

  /** Accepts or rejects the hunk with this number, counted over all files. */
  async resolvesHunk(resolution: Resolution, number: number): Promise<void> {
    await this.look();
    const places = this.expected.flatMap((file) => file.open.map((slot) => ({ file, slot })));
    const place = places[number % Math.max(1, places.length)];
    if (!place) return;
    const { file, slot } = place;
    const changed = this.changeSet.files.find(({ path }) => path === file.path);
    const hunkId = changed?.hunks[file.open.indexOf(slot)]?.id ?? '';
    const resolved = this.tracker.resolve(resolution, { path: file.path, hunkId });
    if (resolution === 'reject' && file.viewOnly) return assert.rejects(resolved, /not rejected/);
    await resolved;
    if (resolution === 'accept') file.accept([slot]);
    else file.reject([slot]);
    this.followUndo(file);
  }

  /** Accepts or rejects a file, or everything. */
  async resolves(resolution: Resolution, index?: number): Promise<void> {
    await this.look();
    const files = this.expected.filter(({ open }, at) => open.length > 0 && at === (index ?? at));
    const target: ChangeTarget = index === undefined ? {} : { path: files[0]?.path ?? '' };
    if (files.length === 0) return;
    const resolved = this.tracker.resolve(resolution, target);
    if (resolution === 'reject' && files.length === 1 && files[0]?.viewOnly) {
      return assert.rejects(resolved, /not rejected/);
    }
    await resolved;
    for (const file of files) {
      if (resolution === 'accept') file.accept(file.open);
      else if (!file.viewOnly) file.reject(file.open);
      this.followUndo(file);
    }
  }

  /** Closes the window and opens it again, perhaps with a slot changed in between. */
  async reloads(change?: { index: number; slot: number; lines: readonly string[] }): Promise<void> {
    await this.tracker.settle();
    this.tracker.dispose();
    for (const file of this.expected) {
      if (change && this.expected[change.index] === file) {
        file.reloadChanged(change.slot, change.lines);
      } else file.reload();
      this.files.set(file.path, file.live);
      this.undo.set(file.path, { done: [file.liveSlots], undone: [] });
    }
    const stored = JSON.parse(JSON.stringify(this.journal)) as ThreadEvent[];
    this.tracker = this.openTracker(stored);
    await this.look();
  }

  async endTurn(): Promise<void> {
    await this.tracker.settle();
    await this.check();
  }

  /** What must hold at every moment. */
  async check(): Promise<void> {
    await this.look();
    assert.deepEqual(folded(this.journal), this.changeSet);
    for (const file of this.expected) {
      const { path } = file;
      const live = this.files.get(path) ?? null;
      assert.deepEqual(live, file.live, `${path}: the file is what the rules say`);
      const changed = this.changeSet.files.find((other) => other.path === path);
      assert.equal(changed?.hunks.length ?? 0, file.open.length, `${path}: hunks`);
      assert.equal(changed?.viewOnly !== undefined, file.viewOnly, `${path}: only to be viewed`);
      if (!changed) continue;
      const baseline = (await this.tracker.baseline(path)) ?? null;
      assert.deepEqual(baseline, file.baseline, `${path}: the baseline`);
      const texts = decodePair(baseline, live);
      assert.ok(texts);
      const sum = changed.hunks.reduceRight(
        (text, hunk) => acceptHunk(text, texts.after, hunk),
        texts.before,
      );
      assert.equal(sum, texts.after, `${path}: baseline and hunks are the live text`);
    }
  }

  dispose(): void {
    this.tracker.dispose();
  }

  private get changeSet(): ChangeSet {
    return this.tracker.changeSet;
  }

  private look(): Promise<void> {
    return this.tracker.beforeWrite();
  }

  private write(file: ReviewedFile): void {
    this.files.set(file.path, file.live);
    this.followUndo(file);
  }

  /** What is another text by now is one more thing to undo. */
  private followUndo({ path, liveSlots }: ReviewedFile): void {
    const stack = this.undo.get(path) as UndoStack;
    if (JSON.stringify(stack.done.at(-1)) === JSON.stringify(liveSlots)) return;
    stack.done.push(liveSlots);
    stack.undone = [];
  }

  private openTracker(stored: readonly ThreadEvent[] = []): ChangeTracker {
    const files: WorkspaceFiles = {
      root: '/w',
      onDidChange: this.touches.event,
      read: async (path) => this.files.get(path) ?? null,
      pathOfTarget: async (path) => path,
      isExecutable: async () => false,
      apply: async (edits) => this.apply(edits),
      setLink: async () => undefined,
    };
    const emit = (body: ThreadEventBody) => {
      const seq = this.journal.length + 1;
      this.journal.push({ seq, at: seq, threadId: 'thread', ...body });
    };
    return new ChangeTracker({ files, contents: this.contents, log, emit }, folded(stored));
  }

  private apply(edits: readonly FileEdit[]): [] {
    for (const { path, expected } of edits) {
      if (Buffer.compare(this.files.get(path) ?? Buffer.of(), expected ?? Buffer.of()) !== 0) {
        throw new EditConflictError(path);
      }
    }
    for (const { path, bytes } of edits) if (bytes) this.files.set(path, bytes);
    return [];
  }
}

function folded(journal: readonly ThreadEvent[]): ChangeSet {
  return journal.reduce(foldEvent, emptyThreadState('thread')).changes;
}
