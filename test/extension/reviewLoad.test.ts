import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Emitter } from '../../src/base/emitter';
import { HunkLenses } from '../../src/extension/editors/hunkLenses';
import { Review, type ReviewedThread } from '../../src/extension/editors/review';
import { createChangeMarks } from '../../src/extension/editors/reviewSurface';
import type { ChangedFile, ChangeSet, Hunk } from '../../src/protocol/changes';
import type { ThreadEvent } from '../../src/protocol/events';
import { assertTook } from '../support/assertTook';
import { tandemHost, workspaceFile, workspaceFolder, writeFile } from './tandemHost';

const fileCount = 500;
const hunksPerFile = 10;

/** What the issue promises of a key in a file under review, in milliseconds of the host. */
const keyLimitMs = 4;

describe('a review of 500 files with 5,000 hunks', () => {
  const opened = workspaceFile('load-0.txt');

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await Promise.resolve(vscode.workspace.fs.delete(opened)).catch(() => undefined);
  });

  it('costs a key press little, as only what is open and changed is drawn', async () => {
    await tandemHost();
    await writeFile(opened, 'line\n'.repeat(200));
    const editor = await vscode.window.showTextDocument(opened);
    const thread = new FakeThread();
    const review = new Review(thread);
    const marks = createChangeMarks(review);
    try {
      await pause();
      const costs: number[] = [];
      for (let key = 0; key < 60; key++) {
        await editor.edit((edit) => edit.insert(new vscode.Position(3, 0), 'x'));
        const startedAt = performance.now();
        thread.type(key);
        costs.push(performance.now() - startedAt);
        await pause();
      }
      costs.sort((a, b) => a - b);
      const median = costs[Math.floor(costs.length / 2)] ?? Infinity;
      await assertTook(median, keyLimitMs);
    } finally {
      marks.dispose();
      review.dispose();
    }
  });

  it('tells which files are other ones, and nothing where none is', () => {
    const thread = new FakeThread();
    const review = new Review(thread);
    const told: (readonly string[])[] = [];
    review.onDidChange(({ uris }) => told.push([...uris]));
    try {
      thread.type(1);
      thread.tellAgain();
      assert.deepEqual(told, [[opened.toString()]]);
    } finally {
      review.dispose();
    }
  });

  it('works out a lens only when it comes into sight', async () => {
    await writeFile(opened, 'line\n'.repeat(200));
    const document = await vscode.workspace.openTextDocument(opened);
    const review = new Review(new FakeThread());
    const lenses = new HunkLenses(review);
    try {
      const found = lenses.provideCodeLenses(document);
      assert.equal(found.length, hunksPerFile * 4);
      assert.ok(found.every(({ command }) => command === undefined));
      assert.equal(lenses.resolveCodeLens(found[0]!).command?.title, 'Accept');
    } finally {
      lenses.dispose();
      review.dispose();
    }
  });

  it('yields to the diff where a file has too many places to mark, and says so', async () => {
    await writeFile(opened, 'line\n'.repeat(200));
    const document = await vscode.workspace.openTextDocument(opened);
    const thread = new FakeThread();
    thread.makeCoarse();
    const review = new Review(thread);
    const lenses = new HunkLenses(review);
    try {
      const titles = lenses
        .provideCodeLenses(document)
        .map((lens) => lenses.resolveCodeLens(lens).command?.title);
      assert.deepEqual(titles, [
        'Accept file',
        'Reject file',
        'Compare',
        'Too many changes to mark here: see them in the diff of all files',
      ]);
    } finally {
      lenses.dispose();
      review.dispose();
    }
  });
});

/** Lets the frame in which editors are drawn go by. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 25));
}

/** A thread of which only the change set matters here; files that stay are the same objects, as the tracker's are. */
class FakeThread implements Pick<ReviewedThread, 'onDidChange' | 'onEvent'> {
  private readonly changed = new Emitter<void>();
  private readonly events = new Emitter<ThreadEvent>();
  private files: readonly ChangedFile[] = Array.from({ length: fileCount }, (_, index) =>
    changedFile(`load-${index}.txt`, 'content'),
  );
  readonly onDidChange = this.changed.event;
  readonly onEvent = this.events.event;

  get current(): ReviewedThread['current'] {
    return { cwd: workspaceFolder() } as ReviewedThread['current'];
  }

  get state(): ReviewedThread['state'] {
    return { changes: this.changeSet } as ReviewedThread['state'];
  }

  /** The first file is another one, as after a key press in it. */
  type(key: number): void {
    this.files = [changedFile('load-0.txt', `content ${key}`), ...this.files.slice(1)];
    this.tellAgain();
  }

  makeCoarse(): void {
    this.files = this.files.map((file) => ({ ...file, coarse: true }));
  }

  tellAgain(): void {
    const { changeSet } = this;
    this.events.fire({ type: 'changes.updated', changeSet } as ThreadEvent);
  }

  private get changeSet(): ChangeSet {
    return { files: this.files, notes: [] };
  }
}

function changedFile(path: string, live: string): ChangedFile {
  const hunks = Array.from({ length: hunksPerFile }, (_, index): Hunk => {
    const start = index * 15;
    return {
      id: `${path}-${index}`,
      baseStart: start,
      baseCount: 1,
      liveStart: start,
      liveCount: 2,
      removed: ['line'],
      added: ['line', 'another'],
    };
  });
  const counts = { added: 2 * hunksPerFile, removed: hunksPerFile };
  const rest = { kind: 'update', binary: false, baseline: 'base', origins: [] } as const;
  return { path, live, hunks, ...counts, ...rest };
}
