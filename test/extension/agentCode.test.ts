import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createCodeHandlers } from '../../src/extension/codeHandlers';
import { createImageHandlers } from '../../src/extension/imageHandlers';
import { suggestProblem } from '../../src/extension/suggestProblem';
import { functionCall } from '../support/scriptedServer';
import {
  runCallTurn,
  tandemHost,
  until,
  workspaceFile,
  workspaceFolder,
  writeFile,
} from './tandemHost';

const redDot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

describe('code and pictures of the agent', () => {
  const handlers = createCodeHandlers();
  const created: vscode.Uri[] = [];

  async function edit(name: string, text: string): Promise<vscode.TextEditor> {
    const uri = workspaceFile(name);
    created.push(uri);
    await writeFile(uri, text);
    return vscode.window.showTextDocument(uri);
  }

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const uri of created.splice(0)) await vscode.workspace.fs.delete(uri);
  });

  it('put code in place of what is selected, and one undo takes it back', async () => {
    const editor = await edit('inserted.js', 'let a = old;\n');
    editor.selection = new vscode.Selection(0, 8, 0, 11);
    await handlers['code/insert']({ text: 'fresh' });
    assert.equal(editor.document.getText(), 'let a = fresh;\n');
    await vscode.commands.executeCommand('undo');
    await until(() => editor.document.getText() === 'let a = old;\n');
  });

  it('say that there is no place for code where no editor is open', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until(() => vscode.window.activeTextEditor === undefined);
    await assert.rejects(handlers['code/insert']({ text: 'x' }), /No editor is open/);
  });

  it('open code as a new document in its language, and as plain text in one that is unknown', async () => {
    const opened: [string, string][] = [];
    for (const language of ['javascript', 'bash', 'nolanguage']) {
      await handlers['code/open']({ text: `in ${language}`, language });
      const { document } = vscode.window.activeTextEditor!;
      assert.equal(document.isUntitled, true);
      opened.push([document.getText(), document.languageId]);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    assert.deepEqual(opened, [
      ['in javascript', 'javascript'],
      ['in bash', 'shellscript'],
      ['in nolanguage', 'plaintext'],
    ]);
  });

  it('show the view a picture that the agent looked at, by its item and nothing else', async () => {
    const host = await tandemHost();
    const uri = workspaceFile('dot.png');
    created.push(uri);
    await writeFile(uri, redDot);
    await runCallTurn(host, functionCall('view_image', { path: 'dot.png' }));
    const entries = host.shown.state?.turns.at(-1)?.entries ?? [];
    const item = entries.find((entry) => entry.type === 'toolCall');
    const read = createImageHandlers(host)['image/read'];
    const dataUrl = `data:image/png;base64,${redDot.toString('base64')}`;
    assert.deepEqual(await read({ itemId: item?.id ?? '' }), { dataUrl });
    assert.equal(await read({ itemId: 'dot.png' }), null);
    await vscode.workspace.fs.delete(created.pop()!);
    assert.equal(await read({ itemId: item?.id ?? '' }), null);
  });

  it('are suggested from the file with most errors', () => {
    const collection = vscode.languages.createDiagnosticCollection('test');
    const at = (line: number, severity = vscode.DiagnosticSeverity.Error) =>
      new vscode.Diagnostic(new vscode.Range(line, 0, line, 1), 'words of the folder', severity);
    try {
      collection.set(workspaceFile('one.ts'), [at(3)]);
      assert.equal(suggestProblem(workspaceFolder())?.label, 'Fix the error in one.ts:4');
      collection.set(workspaceFile('two.ts'), [at(1), at(2)]);
      const warning = at(0, vscode.DiagnosticSeverity.Warning);
      collection.set(workspaceFile('warned.ts'), [warning, warning, warning]);
      const worst = suggestProblem(workspaceFolder());
      assert.equal(worst?.label, 'Fix the 2 errors in two.ts');
      assert.ok(!worst?.prompt.includes('words of the folder'));
      collection.clear();
      assert.equal(suggestProblem(workspaceFolder()), undefined);
    } finally {
      collection.dispose();
    }
  });
});
