import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addFileToThread } from '../../src/extension/commands/addFileToThread';
import { askAboutSelection } from '../../src/extension/commands/askAboutSelection';
import { readTerminalSelection } from '../../src/extension/terminals/terminalSelection';
import { message, respond, startScriptedServer } from '../support/scriptedServer';
import { tandemHost, until, workspaceFile, writeFile } from './tandemHost';

/** A page that only writes down what it is told. */
function listeningView() {
  const told: unknown[] = [];
  const view = { reveal: async () => {}, tell: (...said: unknown[]) => void told.push(said) };
  return { view, told };
}

describe('what the workbench offers to do with Tandem', () => {
  const file = workspaceFile('problem.ts');
  const collection = vscode.languages.createDiagnosticCollection('test');
  after(async () => {
    collection.dispose();
    await vscode.workspace.fs.delete(file);
  });

  it('is fixing and explaining a problem, with the problem and its lines attached', async () => {
    const host = await tandemHost();
    await writeFile(file, 'one\nlet two = "2"\nthree\n');
    await vscode.window.showTextDocument(file);
    const range = new vscode.Range(1, 4, 1, 7);
    collection.set(file, [new vscode.Diagnostic(range, 'two is\n not used')]);
    const actions = await until(async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        file,
        range,
      );
      return found.some(({ title }) => title === 'Fix with Tandem') && found;
    });
    assert.ok(actions.some(({ title }) => title === 'Explain with Tandem'));
    const { command } = actions.find(({ title }) => title === 'Fix with Tandem')!;
    assert.ok(command);

    const server = await startScriptedServer([respond(message('Fixed.'))]);
    const configuration = vscode.workspace.getConfiguration('tandem');
    await configuration.update('baseUrl', server.baseUrl, vscode.ConfigurationTarget.Global);
    await host.credentials.storeKey('test-key');
    try {
      host.shown.clear();
      const asked = vscode.commands.executeCommand(
        command.command,
        ...((command.arguments ?? []) as unknown[]),
      );
      await until(async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return server.requests.length > 0;
      });
      await asked;
      const sent = server.requests[0]?.raw ?? '';
      assert.match(sent, /problem\.ts:2: error: two is not used/);
      assert.match(sent, /problem\.ts, lines 2 to 2/);
      assert.match(sent, /let two = /);
      assert.match(sent, /Fix this problem\./);
    } finally {
      host.shown.current?.interrupt();
      await configuration.update('baseUrl', undefined, vscode.ConfigurationTarget.Global);
      await host.credentials.clearKey();
      await server.close();
    }
  });

  it('keeps a question that could not be sent in the message box, with what goes along', async function () {
    if (process.env['OPENAI_API_KEY']) this.skip();
    const host = await tandemHost();
    await writeFile(file, 'one\ntwo\n');
    const editor = await vscode.window.showTextDocument(file);
    editor.selection = new vscode.Selection(0, 0, 0, 3);
    host.shown.clear();
    const { view, told } = listeningView();
    let isOver = false;
    const asked = askAboutSelection
      .run({ ...host, view }, 'Why one?')
      .finally(() => (isOver = true));
    await Promise.all([
      assert.rejects(asked, /No API key is known yet/),
      until(async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return isOver;
      }),
    ]);
    const selection = { kind: 'selection', path: 'problem.ts', startLine: 1, endLine: 1 };
    assert.deepEqual(told, [
      ['composer/filled', { text: 'Why one?' }],
      ['composer/attached', { attachments: [{ ...selection, text: 'one' }] }],
    ]);
  });

  it('is adding several files and folders of the explorer to the message', async () => {
    const host = await tandemHost();
    await writeFile(workspaceFile('added/inner.txt'), 'x');
    const { view, told } = listeningView();
    const [folder, inner] = [workspaceFile('added'), workspaceFile('added/inner.txt')];
    await addFileToThread.run({ ...host, view }, folder, [folder, inner]);
    await vscode.workspace.fs.delete(folder, { recursive: true });
    const attachments = [
      { kind: 'text', source: 'folder', name: 'added', text: 'added/inner.txt' },
      { kind: 'file', path: 'added/inner.txt' },
    ];
    assert.deepEqual(told, [
      ['composer/attached', { attachments }],
      ['composer/focused', {}],
    ]);
  });

  it('is reading what is selected in a terminal, which leaves the clipboard as it was', async () => {
    let held = 'mine';
    const clipboard = {
      readText: async () => held,
      writeText: async (text: string) => void (held = text),
    };
    const copy = async () => void (held = 'selected');
    assert.equal(await readTerminalSelection({ clipboard, copy }), 'selected');
    assert.equal(held, 'mine');
    assert.equal(await readTerminalSelection({ clipboard, copy: async () => {} }), '');
    assert.equal(held, 'mine');
  });
});
