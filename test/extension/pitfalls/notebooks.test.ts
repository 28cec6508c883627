import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CellStatusItems } from '../../../src/extension/editors/cellStatusItems';
import { cellWords } from '../../../src/protocol/changes';
import { until } from '../tandemHost';
import { lastOutput, patchCall, shellCall, useReviewDesk } from './reviewDesk';

/** As Jupyter writes it, but with an indent of its own and without a final newline. */
function notebook(...cells: string[]): string {
  return JSON.stringify(
    {
      cells: cells.map((source, index) => ({
        cell_type: 'code',
        execution_count: index + 1,
        id: `cell-${index}`,
        metadata: {},
        outputs: [],
        source: source
          .split('\n')
          .map((line, at, all) => (at < all.length - 1 ? `${line}\n` : line)),
      })),
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    3,
  );
}

/** The same with ids by which cells are known, as `id: source`. */
function named(...cells: readonly (readonly [string, string])[]): string {
  const plain = JSON.parse(notebook(...cells.map(([, source]) => source))) as {
    readonly cells: readonly object[];
  };
  const withIds = plain.cells.map((cell, index) => ({
    ...{ ...cell, execution_count: null },
    id: cells[index]?.[0],
  }));
  return JSON.stringify({ ...plain, cells: withIds }, null, 1);
}

const start = notebook('a = 1\nb = 2', 'print(a)');
const edited = start.replace('b = 2', 'b = 3');
const edit = ['-            "b = 2"', '+            "b = 3"'];

describe('notebooks', () => {
  const desk = useReviewDesk();

  beforeEach(() => desk.write('n.ipynb', start));

  const patchNotebook = () => patchCall(desk.path('n.ipynb'), edit);

  async function openNotebook(): Promise<vscode.NotebookDocument> {
    const document = await vscode.workspace.openNotebookDocument(desk.uri('n.ipynb'));
    await vscode.window.showNotebookDocument(document, { preview: false });
    return document;
  }

  /** As `desk.shows`, for a notebook. */
  async function shows(document: vscode.NotebookDocument, isThere: () => boolean): Promise<void> {
    for (let tries = 0; tries < 10 && !isThere(); tries++) {
      const askAt = Date.now() + 3_000;
      await until(() => isThere() || Date.now() > askAt);
      if (isThere()) break;
      await vscode.window.showNotebookDocument(document, { preview: false });
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    assert.ok(isThere(), 'the notebook shows what is on the disk');
  }

  const source = (document: vscode.NotebookDocument) => document.cellAt(0).document.getText();

  it('that are not open are edited and rejected to the exact bytes', async () => {
    await desk.turn(patchNotebook());
    await desk.hunks('n.ipynb', 1);
    desk.holds('n.ipynb', { disk: edited });
    await desk.settle('reject', 'n.ipynb', 0);
    await desk.hunks('n.ipynb', 0);
    desk.holds('n.ipynb', { disk: start });
    assert.match(await desk.told(), /n\.ipynb, line \d+:\n-.*b = 2"\n\+.*b = 3"/);
  });

  it('that are open show the edit in their cell, and the old one after a reject, to the exact bytes', async () => {
    const document = await openNotebook();
    await desk.turn(patchNotebook());
    await desk.hunks('n.ipynb', 1);
    await shows(document, () => source(document) === 'a = 1\nb = 3');
    desk.holds('n.ipynb', { disk: edited });
    assert.equal(document.isDirty, false);
    await desk.settle('reject', 'n.ipynb', 0);
    await desk.hunks('n.ipynb', 0);
    await shows(document, () => source(document) === 'a = 1\nb = 2');
    desk.holds('n.ipynb', { disk: start });
    await desk.turn(patchNotebook());
    await desk.hunks('n.ipynb', 1);
    await desk.settle('accept', 'n.ipynb');
    await desk.hunks('n.ipynb', 0);
    desk.holds('n.ipynb', { disk: edited });
    assert.equal(document.isDirty, false);
  });

  it('with unsaved cells are never written over: the model is told to wait, the person keeps both', async () => {
    const document = await openNotebook();
    const cell = document.cellAt(1).document;
    const typing = new vscode.WorkspaceEdit();
    typing.insert(cell.uri, new vscode.Position(0, 0), 'mine ');
    await vscode.workspace.applyEdit(typing);
    await until(() => document.isDirty);
    await desk.turn(patchNotebook());
    assert.match(lastOutput(desk.requests.at(-1)), /n\.ipynb has unsaved changes/);
    desk.holds('n.ipynb', { disk: start });
    assert.equal(cell.getText(), 'mine print(a)');
    assert.equal(document.isDirty, true);
    assert.equal(desk.pending('n.ipynb'), undefined);
  });

  it('whose agent’s edit waits and whose cells are typed in are not rejected before they are saved', async () => {
    const document = await openNotebook();
    await desk.turn(patchNotebook());
    await desk.hunks('n.ipynb', 1);
    await shows(document, () => source(document) === 'a = 1\nb = 3');
    const cell = document.cellAt(1).document;
    const typing = new vscode.WorkspaceEdit();
    typing.insert(cell.uri, new vscode.Position(0, 0), 'mine ');
    await vscode.workspace.applyEdit(typing);
    await until(() => document.isDirty);
    const rejecting = desk.host.review.resolve('reject', { path: desk.path('n.ipynb') });
    await assert.rejects(rejecting, /n\.ipynb has unsaved changes/);
    desk.holds('n.ipynb', { disk: edited });
    assert.equal(cell.getText(), 'mine print(a)');
    await desk.hunks('n.ipynb', 1);
  });

  describe('of which the agent wrote several cells', () => {
    const before = named(['a', 'a = 1'], ['b', 'b = 1'], ['c', 'c = 1']);
    const after = named(['new', 'new = 1'], ['a', 'a = 2'], ['c', 'c = 1'], ['b', 'b = 1']);
    const words = () =>
      desk.pending('n.ipynb')?.hunks.map(({ cell }) => cell && cellWords(cell)) ?? [];
    const sources = (document: vscode.NotebookDocument) =>
      document.getCells().map((cell) => cell.document.getText());

    beforeEach(async () => {
      await desk.write('n.ipynb', before);
      await desk.write('next', after);
    });

    const rewrite = () => desk.turn(shellCall(`mv ${desk.path('next')} ${desk.path('n.ipynb')}`));

    it('each cell is settled by itself, in the open notebook, to the exact bytes', async () => {
      const document = await openNotebook();
      await rewrite();
      await desk.hunks('n.ipynb', 4);
      assert.deepEqual(words(), [
        ...['Cell 1 (code), added', 'Cell 2 (code)'],
        ...['Cell 2 (code), moved to 4', 'Cell 4 (code), moved from 2'],
      ]);
      await shows(document, () => sources(document).length === 4);
      await desk.settle('reject', 'n.ipynb', 1);
      await desk.hunks('n.ipynb', 3);
      const kept = named(['new', 'new = 1'], ['a', 'a = 1'], ['c', 'c = 1'], ['b', 'b = 1']);
      desk.holds('n.ipynb', { disk: kept });
      await shows(document, () => sources(document)[1] === 'a = 1');
      await desk.settle('accept', 'n.ipynb', 0);
      await desk.hunks('n.ipynb', 2);
      desk.holds('n.ipynb', { disk: kept });
      await desk.settle('reject', 'n.ipynb');
      await desk.hunks('n.ipynb', 0);
      const left = named(['new', 'new = 1'], ['a', 'a = 1'], ['b', 'b = 1'], ['c', 'c = 1']);
      desk.holds('n.ipynb', { disk: left });
      await shows(document, () => sources(document).join() === 'new = 1,a = 1,b = 1,c = 1');
      assert.equal(document.isDirty, false);
      const told = await desk.told();
      assert.match(told, /-.*"a = 1"\n\+.*"a = 2"/);
      assert.doesNotMatch(told, /new = 1/);
    });

    it('whose outputs and metadata differ too are one hunk for each cell, and hold no outputs', async () => {
      const run = JSON.parse(before) as { cells: { outputs: unknown[]; source: string[] }[] };
      const [first] = run.cells;
      if (first) first.source = ['a = 9'];
      for (const cell of run.cells) {
        cell.outputs = [{ output_type: 'stream', name: 'stdout', text: ['noise\n'] }];
      }
      const ran = JSON.stringify(run, null, 1);
      await desk.write('next', ran);
      await rewrite();
      await desk.hunks('n.ipynb', 3);
      const file = desk.pending('n.ipynb');
      assert.deepEqual([file?.added, file?.removed], [1, 1]);
      assert.doesNotMatch(JSON.stringify(file?.hunks), /noise/);
      const preview = await desk.host.shown.current?.previews.hunk(
        desk.path('n.ipynb'),
        file?.hunks[1]?.id ?? '',
        false,
      );
      const [cell] = preview?.notebook?.cells ?? [];
      assert.deepEqual([cell?.caption, cell?.lines], ['Cell 2 (code)', []]);
      assert.match(cell?.notes.join() ?? '', /^Outputs: \d+ lines of JSON changed$/);
      await desk.settle('reject', 'n.ipynb', 1);
      await desk.hunks('n.ipynb', 2);
      await desk.settle('reject', 'n.ipynb');
      await desk.hunks('n.ipynb', 0);
      desk.holds('n.ipynb', { disk: before });
    });

    it('say so in the status bar of the cells, where each is settled', async () => {
      const document = await openNotebook();
      await rewrite();
      await desk.hunks('n.ipynb', 4);
      await shows(document, () => sources(document).length === 4);
      const marks = new CellStatusItems(desk.host.review);
      try {
        const texts = () =>
          document
            .getCells()
            .map((cell) => marks.provideCellStatusBarItems(cell).map(({ text }) => text));
        const buttons = ['$(check) Accept', '$(close) Reject'];
        assert.deepEqual(texts(), [
          ['New cell', ...buttons],
          ['Changed: 1 lines added, 1 removed', ...buttons],
          ['Cell 2 was moved from here', ...buttons],
          ['Moved here from cell 2', ...buttons],
        ]);
        const [, accept] = marks.provideCellStatusBarItems(document.cellAt(0));
        const { command, arguments: args = [] } = accept?.command as vscode.Command;
        await vscode.commands.executeCommand(command, ...(args as unknown[]));
        await desk.hunks('n.ipynb', 3);
        assert.deepEqual(texts()[0], []);
      } finally {
        marks.dispose();
      }
    });

    it('are gone through and settled by keyboard, cell by cell', async () => {
      await rewrite();
      await desk.hunks('n.ipynb', 4);
      await vscode.commands.executeCommand('tandem.nextHunk');
      await until(() => vscode.window.activeNotebookEditor);
      const selected = () => vscode.window.activeNotebookEditor?.selection.start;
      await until(() => selected() === 0);
      await vscode.commands.executeCommand('tandem.nextHunk');
      await until(() => selected() === 1);
      await vscode.commands.executeCommand('tandem.rejectHunk');
      await desk.hunks('n.ipynb', 3);
      assert.ok(!words().includes('Cell 2 (code)'), words().join());
    });
  });
});
