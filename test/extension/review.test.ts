import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Host } from '../../src/extension/host';
import { functionCall } from '../support/scriptedServer';
import {
  pendingFile,
  readText,
  runCallTurn,
  runPatchTurn,
  tandemHost,
  until,
  workspaceFile,
  writeFile,
} from './tandemHost';

const before = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', ''].join('\r\n');
const after = before.replace('two', 'TWO').replace('seven\r\n', '');
const addedFile = '*** Add File: added.txt';
const patch = [
  '*** Begin Patch',
  '*** Update File: review.txt',
  '@@',
  ' one',
  '-two',
  '+TWO',
  ' three',
  '@@',
  ' six',
  '-seven',
  ' eight',
  addedFile,
  '+new',
  '*** End Patch',
].join('\n');

describe('reviewing changes in the editor', () => {
  const file = workspaceFile('review.txt');
  const added = workspaceFile('added.txt');
  let host: Host;

  beforeEach(async () => {
    host = await tandemHost();
    await writeFile(file, before);
    await runPatchTurn(host, patch);
    await until(() => pendingFile(host, 'review.txt')?.hunks.length === 2);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('tandem.acceptAll');
    host.shown.clear();
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const uri of [file, added]) {
      await Promise.resolve(vscode.workspace.fs.delete(uri)).catch(() => undefined);
    }
  });

  async function lenses(of = file): Promise<vscode.CodeLens[]> {
    return vscode.commands.executeCommand('vscode.executeCodeLensProvider', of, 100);
  }

  async function clickLens(title: string, line: number, of = file): Promise<void> {
    const found = (await lenses(of)).find(
      (lens) => lens.command?.title === title && lens.range.start.line === line,
    );
    assert.ok(found?.command, `${title} in line ${line}`);
    await vscode.commands.executeCommand(
      found.command.command,
      ...((found.command.arguments ?? []) as unknown[]),
    );
  }

  it('B10 Accept all leaves a Makefile, which is accepted by itself', async () => {
    const [makefile, plain] = [workspaceFile('Makefile'), workspaceFile('plain.txt')];
    const cmd = 'echo all: > Makefile; echo new > plain.txt';
    try {
      await runCallTurn(host, functionCall('exec_command', { cmd }));
      await until(() => pendingFile(host, 'Makefile') && pendingFile(host, 'plain.txt'));
      await vscode.commands.executeCommand('tandem.acceptAll');
      assert.deepEqual(
        host.review.files.map(({ path }) => path),
        ['Makefile'],
      );
      await vscode.commands.executeCommand('tandem.acceptFile', makefile);
      await until(() => host.review.files.length === 0);
    } finally {
      for (const uri of [makefile, plain]) await vscode.workspace.fs.delete(uri);
    }
  });

  it('opens nothing by itself', () => {
    assert.equal(vscode.window.activeTextEditor, undefined);
  });

  it('puts Accept, Reject, Compare and a count over each hunk', async () => {
    await vscode.window.showTextDocument(file);
    const titles = (await lenses()).map((lens) => lens.command?.title);
    const each = ['Accept', 'Reject', 'Compare', '1 line removed'];
    assert.deepEqual(titles, [...each, ...each]);
  });

  it('rejects a hunk with the exact bytes, and undo opens it again', async () => {
    const editor = await vscode.window.showTextDocument(file);
    await clickLens('Reject', 1);
    await until(() => pendingFile(host, 'review.txt')?.hunks.length === 1);
    assert.equal(await readText(file), before.replace('seven\r\n', ''));
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), after);
    await until(() => pendingFile(host, 'review.txt')?.hunks.length === 2);
  });

  it('accepts a hunk without touching the file', async () => {
    await vscode.window.showTextDocument(file);
    await clickLens('Accept', 1);
    await until(() => pendingFile(host, 'review.txt')?.hunks.length === 1);
    assert.equal(await readText(file), after);
    assert.equal((await lenses()).length, 4);
  });

  it('takes the hunk under the cursor for the keyboard', async () => {
    const editor = await vscode.window.showTextDocument(file);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await vscode.commands.executeCommand('tandem.rejectHunk');
    await until(() => pendingFile(host, 'review.txt')?.hunks.length === 1);
    assert.equal(await readText(file), before.replace('seven\r\n', ''));
  });

  it('goes to the next hunk where the cursor stands in none, and settles nothing', async () => {
    const editor = await vscode.window.showTextDocument(file);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand('tandem.acceptHunk');
    assert.equal(editor.selection.active.line, 1);
    assert.equal(pendingFile(host, 'review.txt')?.hunks.length, 2);
  });

  it('takes the line change that the gutter’s peek hands over', async () => {
    const deletion = {
      originalStartLineNumber: 7,
      originalEndLineNumber: 7,
      modifiedStartLineNumber: 6,
      modifiedEndLineNumber: 0,
    };
    await vscode.commands.executeCommand('tandem.rejectHunk', file, [deletion], 0);
    await until(() => pendingFile(host, 'review.txt')?.hunks.length === 1);
    assert.equal(await readText(file), before.replace('two', 'TWO'));
  });

  it('rejects a whole file, also a new one', async () => {
    await vscode.commands.executeCommand('tandem.rejectFile', file);
    await vscode.commands.executeCommand('tandem.rejectFile', { resourceUri: added });
    await until(() => host.review.files.length === 0);
    assert.equal(await readText(file), before);
    await assert.rejects(async () => vscode.workspace.fs.stat(added));
  });

  it('walks the hunks across files', async () => {
    const visited: string[] = [];
    for (let step = 0; step < 4; step++) {
      await vscode.commands.executeCommand('tandem.nextHunk');
      const editor = vscode.window.activeTextEditor;
      visited.push(
        `${editor?.document.uri.path.split('/').at(-1)}:${editor?.selection.active.line}`,
      );
    }
    assert.deepEqual(visited, ['added.txt:0', 'review.txt:1', 'review.txt:6', 'added.txt:0']);
  });

  it('compares with the accepted text', async () => {
    // A file of its own: VS Code keeps the line ends that a document had when it was read first.
    const compared = workspaceFile('compared.txt');
    try {
      await writeFile(compared, before);
      await runPatchTurn(
        host,
        `${patch.replace('review.txt', 'compared.txt').split(addedFile)[0]}*** End Patch`,
      );
      await until(() => pendingFile(host, 'compared.txt')?.hunks.length === 2);
      await vscode.window.showTextDocument(compared);
      await clickLens('Compare', 1, compared);
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab!;
      assert.ok(input instanceof vscode.TabInputTextDiff);
      const original = await vscode.workspace.openTextDocument(input.original);
      assert.equal(original.getText(), before);
      assert.equal(input.modified.toString(), compared.toString());
    } finally {
      await vscode.workspace.fs.delete(compared);
    }
  });

  it('opens the whole change set', async () => {
    await vscode.commands.executeCommand('tandem.openChanges');
    const label = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label;
    await until(() => label()?.startsWith('Tandem'));
  });

  it('shows the thread and its changes again after it was left', async () => {
    const id = host.shown.current!.id;
    host.shown.clear();
    assert.equal(host.review.files.length, 0);
    await vscode.commands.executeCommand('tandem.openThread', id);
    assert.deepEqual(
      host.review.files.map(({ path }) => path),
      ['added.txt', 'review.txt'],
    );
  });
});
