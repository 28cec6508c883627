import assert from 'node:assert/strict';
import { linkSync, readFileSync, rmSync, statSync, symlinkSync, unlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import { createDiskFiles } from '../../src/adapters/disk/diskFiles';
import { EditorFiles } from '../../src/extension/editorFiles';
import { selectionAttachment } from '../../src/extension/selectionAttachment';
import { Settings } from '../../src/extension/settings';
import { EditConflictError, FileAccessError } from '../../src/ports/workspaceFiles';
import { makeTempFolder, useTempFolder } from '../support/tempFolder';

const bytes = (text: string) => Buffer.from(text);

describe('files of the agent in editors', () => {
  const folder = useTempFolder({ 'a.txt': 'one\n' });
  const closeAll = () => vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const settings = new Settings();
  let files: EditorFiles;
  beforeEach(() => (files = new EditorFiles(createDiskFiles({ root: folder().path }))));
  after(() => settings.dispose());
  afterEach(async () => {
    files.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeAll();
  });

  const open = (path: string) => vscode.window.showTextDocument(vscode.Uri.file(folder().at(path)));
  const edit = { path: 'a.txt', expected: bytes('one\n'), bytes: bytes('1\n') };

  it('B05 writes nothing through a link that took the place of an open file', async () => {
    const outside = makeTempFolder({ 'x.txt': 'one\n' });
    try {
      await open('a.txt');
      unlinkSync(folder().at('a.txt'));
      symlinkSync(outside.at('x.txt'), folder().at('a.txt'));
      await assert.rejects(files.apply([edit]), FileAccessError);
      assert.equal(readFileSync(outside.at('x.txt'), 'utf8'), 'one\n');
    } finally {
      rmSync(folder().at('a.txt'));
      outside.remove();
    }
  });

  it('B06 leaves what an open file shares its content with as it is', async () => {
    folder().write('.git/config', 'one\n');
    rmSync(folder().at('a.txt'));
    linkSync(folder().at('.git/config'), folder().at('a.txt'));
    await open('a.txt');
    await files.apply([edit]);
    assert.equal(readFileSync(folder().at('.git/config'), 'utf8'), 'one\n');
    assert.equal(readFileSync(folder().at('a.txt'), 'utf8'), '1\n');
    assert.equal(statSync(folder().at('a.txt')).nlink, 1);
  });

  it('B17 keeps what the person typed since the model looked, and writes nothing', async () => {
    const editor = await open('a.txt');
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'mine '));
    await assert.rejects(files.apply([edit]), EditConflictError);
    assert.equal(editor.document.getText(), 'mine one\n');
    assert.equal(readFileSync(folder().at('a.txt'), 'utf8'), 'one\n');
  });

  it('B06 attaches no lines of a file that is hidden from the agent', async () => {
    folder().write('.env', 'TOKEN=1\n');
    folder().write('.tandemignore', 'notes/\n');
    folder().write('notes/plan.md', 'plan\n');
    for (const path of ['.env', 'notes/plan.md']) {
      await open(path);
      const attached = selectionAttachment(folder().path, settings);
      await assert.rejects(attached, /hidden from the agent/, path);
    }
    await open('a.txt');
    assert.equal((await selectionAttachment(folder().path, settings)).text, 'one');
  });
});
