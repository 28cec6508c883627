import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../tandemHost';
import { lastOutput, patchCall, useReviewDesk } from './reviewDesk';

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
    await until(() => source(document) === 'a = 1\nb = 3');
    desk.holds('n.ipynb', { disk: edited });
    assert.equal(document.isDirty, false);
    await desk.settle('reject', 'n.ipynb', 0);
    await desk.hunks('n.ipynb', 0);
    await until(() => source(document) === 'a = 1\nb = 2');
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
    await until(() => source(document) === 'a = 1\nb = 3');
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
});
