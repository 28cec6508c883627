import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createDiskFiles } from '../../src/adapters/disk/diskFiles';
import { EditorFiles } from '../../src/extension/editorFiles';
import { EditConflictError, type FileTouch } from '../../src/ports/workspaceFiles';
import { useTempFolder } from '../support/tempFolder';
import { readText, until } from './tandemHost';

const bytes = (text: string) => Buffer.from(text);

describe('EditorFiles', () => {
  const folder = useTempFolder();
  let files: EditorFiles;
  let touches: FileTouch[];

  beforeEach(() => {
    files = new EditorFiles(createDiskFiles({ root: folder().path }));
    touches = [];
    files.onDidChange((touch) => touches.push(touch));
  });

  afterEach(async () => {
    files.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const uriOf = (path: string) => vscode.Uri.file(folder().at(path));

  async function open(path: string, text: string | Uint8Array): Promise<vscode.TextEditor> {
    folder().write(path, text);
    return vscode.window.showTextDocument(uriOf(path));
  }

  async function type(editor: vscode.TextEditor, text: string): Promise<void> {
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
  }

  async function replace(path: string, before: string, after: string): Promise<void> {
    await files.apply([{ path, expected: bytes(before), bytes: bytes(after) }]);
  }

  it('reads the disk where no editor has unsaved text', async () => {
    await open('a.txt', 'disk\n');
    assert.equal(Buffer.from((await files.read('a.txt'))!).toString(), 'disk\n');
    assert.equal(await files.read('missing.txt'), null);
  });

  it('reads the unsaved text of an editor', async () => {
    await type(await open('a.txt', 'disk\n'), 'typed ');
    assert.equal(Buffer.from((await files.read('a.txt'))!).toString(), 'typed disk\n');
  });

  it('reads unsaved text with the byte order mark and line ends of its file', async () => {
    await type(await open('a.txt', '\uFEFFone\r\ntwo\r\n'), 'x');
    assert.equal(Buffer.from((await files.read('a.txt'))!).toString(), '\uFEFFxone\r\ntwo\r\n');
  });

  it('edits an open document with one undo stop and saves it', async () => {
    const editor = await open('a.txt', 'one\ntwo\nthree\n');
    await replace('a.txt', 'one\ntwo\nthree\n', 'one\n2\nthree\n');
    assert.equal(editor.document.getText(), 'one\n2\nthree\n');
    assert.equal(editor.document.isDirty, false);
    assert.equal(await readText(uriOf('a.txt')), 'one\n2\nthree\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'one\ntwo\nthree\n');
  });

  it('leaves a document with unsaved text unsaved', async () => {
    const editor = await open('a.txt', 'one\ntwo\n');
    await type(editor, 'typed ');
    await replace('a.txt', 'typed one\ntwo\n', 'typed one\n2\n');
    assert.equal(editor.document.getText(), 'typed one\n2\n');
    assert.equal(editor.document.isDirty, true);
    assert.equal(await readText(uriOf('a.txt')), 'one\ntwo\n');
  });

  it('writes a file that is not open, and makes its folders', async () => {
    await files.apply([{ path: 'new/deep.txt', expected: null, bytes: bytes('hello') }]);
    assert.equal(await readText(uriOf('new/deep.txt')), 'hello');
  });

  it('keeps the exact bytes of mixed line ends in an open document', async () => {
    await open('a.txt', 'one\r\ntwo\nthree\r\n');
    await replace('a.txt', 'one\r\ntwo\nthree\r\n', 'one\r\n2\nthree\r\n');
    assert.equal(await readText(uriOf('a.txt')), 'one\r\n2\nthree\r\n');
  });

  it('keeps the exact bytes of an encoding that is not UTF-8', async () => {
    const latin = Uint8Array.of(0xe4, 0x0a, 0x62, 0x0a);
    await open('a.txt', latin);
    const after = Uint8Array.of(0xe4, 0x0a, 0x63, 0x0a);
    await files.apply([{ path: 'a.txt', expected: latin, bytes: after }]);
    assert.deepEqual(new Uint8Array(await vscode.workspace.fs.readFile(uriOf('a.txt'))), after);
  });

  it('refuses an edit of text that is another by now, and writes nothing', async () => {
    await type(await open('a.txt', 'one\n'), 'typed ');
    folder().write('b.txt', 'b');
    const edits = [
      { path: 'b.txt', expected: bytes('b'), bytes: bytes('B') },
      { path: 'a.txt', expected: bytes('one\n'), bytes: bytes('1\n') },
    ];
    await assert.rejects(files.apply(edits), EditConflictError);
    assert.equal(await readText(uriOf('b.txt')), 'b');
  });

  it('never writes over what the person types while the other files are written', async () => {
    const editor = await open('a.txt', 'one\ntwo\n');
    folder().write('b.txt', 'b');
    const disk = createDiskFiles({ root: folder().path });
    const slow = new EditorFiles({
      ...disk,
      async apply(edits) {
        if (editor.document.getText() === 'one\ntwo\n') await type(editor, 'typed ');
        return disk.apply(edits);
      },
    });
    try {
      const edits = [
        { path: 'b.txt', expected: bytes('b'), bytes: bytes('B') },
        { path: 'a.txt', expected: bytes('one\ntwo\n'), bytes: bytes('one\n2\n') },
      ];
      await assert.rejects(slow.apply(edits), EditConflictError);
      assert.equal(editor.document.getText(), 'typed one\ntwo\n');
      assert.equal(editor.document.isDirty, true);
      assert.equal(await readText(uriOf('a.txt')), 'one\ntwo\n');
      assert.equal(await readText(uriOf('b.txt')), 'b');
    } finally {
      slow.dispose();
    }
  });

  it('changes permissions beside text, also of a file with unsaved text, which stays unsaved', async () => {
    const editor = await open('a.sh', 'one\n');
    await files.apply([
      { path: 'a.sh', expected: bytes('one\n'), bytes: bytes('1\n'), executable: true },
    ]);
    assert.equal(await files.isExecutable('a.sh'), true);
    assert.equal(editor.document.getText(), '1\n');
    await type(editor, 'typed ');
    const typed = bytes('typed 1\n');
    await files.apply([{ path: 'a.sh', expected: typed, bytes: typed, executable: false }]);
    assert.equal(await files.isExecutable('a.sh'), false);
    assert.equal(editor.document.isDirty, true);
    assert.equal(await readText(uriOf('a.sh')), '1\n');
    assert.equal(await editor.document.save(), true);
    assert.equal(await readText(uriOf('a.sh')), 'typed 1\n');
  });

  it('tells where a file or a folder was moved to in the editor', async () => {
    folder().write('lib/a.txt', 'a');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uriOf('lib'), uriOf('source'));
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    await until(() => touches.some(({ movedFrom }) => movedFrom === 'lib'));
    assert.deepEqual(
      touches.filter(({ movedFrom }) => movedFrom !== undefined),
      [{ path: 'source', by: 'typing', movedFrom: 'lib' }],
    );
  });

  it('refuses to delete what was not saved, and writes nothing', async () => {
    await type(await open('a.txt', 'one\n'), 'typed ');
    const edits = [
      { path: 'b.txt', expected: null, bytes: bytes('new') },
      { path: 'a.txt', expected: bytes('typed one\n'), bytes: null },
    ];
    await assert.rejects(files.apply(edits), /a\.txt has unsaved changes/);
    assert.equal(await files.read('b.txt'), null);
  });

  it('edits an open and a closed file together', async () => {
    const editor = await open('a.txt', 'a\n');
    folder().write('b.txt', 'b\n');
    await files.apply([
      { path: 'a.txt', expected: bytes('a\n'), bytes: bytes('A\n') },
      { path: 'b.txt', expected: bytes('b\n'), bytes: bytes('B\n') },
    ]);
    assert.equal(editor.document.getText(), 'A\n');
    assert.equal(await readText(uriOf('b.txt')), 'B\n');
  });

  it('answers what a formatter changed on save, and tells of no typing', async () => {
    const editor = await open('a.txt', 'one\ntwo\n');
    const formatter = vscode.workspace.onWillSaveTextDocument((event) => {
      const end = event.document.lineAt(event.document.lineCount - 1).range.end;
      event.waitUntil(Promise.resolve([vscode.TextEdit.insert(end, 'formatted\n')]));
    });
    try {
      const edit = { path: 'a.txt', expected: bytes('one\ntwo\n'), bytes: bytes('1\ntwo\n') };
      const saved = await files.apply([edit]);
      assert.deepEqual(
        saved.map(({ path, bytes: now }) => [path, Buffer.from(now).toString()]),
        [['a.txt', '1\ntwo\nformatted\n']],
      );
      assert.equal(editor.document.isDirty, false);
      assert.deepEqual(touches, []);
    } finally {
      formatter.dispose();
    }
  });

  it('tells of typing and of undo, and not of its own edits', async () => {
    const editor = await open('a.txt', 'one\n');
    await replace('a.txt', 'one\n', '1\n');
    assert.deepEqual(touches, []);
    await type(editor, 'x');
    await until(() => touches.length > 0);
    assert.deepEqual(touches, [{ path: 'a.txt', by: 'typing' }]);
    await vscode.commands.executeCommand('undo');
    await until(() => touches.length > 1);
    assert.deepEqual(touches.at(-1), { path: 'a.txt', by: 'undo' });
  });

  it('tells of files that others write', async () => {
    // The watcher starts in its own time, so the file is written until it is heard.
    let version = 0;
    await until(() => {
      folder().write('outside.txt', `${version++}`);
      return touches.some(({ path, by }) => path === 'outside.txt' && by === 'disk');
    });
  });
});
