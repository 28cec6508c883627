import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { HunkTree } from '../../src/extension/editors/hunkTree';
import type { Host } from '../../src/extension/host';
import {
  pendingFile,
  readText,
  runPatchTurn,
  tandemHost,
  until,
  workspaceFile,
  writeFile,
} from './tandemHost';

const lines = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', ''].join('\n');
const patch = [
  '*** Begin Patch',
  '*** Update File: surface.js',
  '@@',
  ' one',
  '-two',
  '+TWO',
  '+2',
  ' three',
  '@@',
  ' five',
  '-six',
  ' seven',
  '*** Delete File: gone.js',
  '*** Delete File: old.js',
  '*** Add File: moved.js',
  '+the same',
  '+two lines',
  '*** Add File: fresh.js',
  '+new',
  '*** End Patch',
].join('\n');

describe('what the editor and the workbench show of a review', () => {
  const file = workspaceFile('surface.js');
  const gone = workspaceFile('gone.js');
  const goneBaseline = gone.with({ scheme: 'tandem-baseline' });
  const names = ['surface.js', 'gone.js', 'old.js', 'moved.js', 'fresh.js'];
  let host: Host;

  beforeEach(async () => {
    host = await tandemHost();
    await writeFile(file, lines);
    await writeFile(gone, 'const gone = 1;\n');
    await writeFile(workspaceFile('old.js'), 'the same\ntwo lines\n');
    await runPatchTurn(host, patch);
    await until(() => host.review.files.length === 5);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('tandem.acceptAll');
    host.shown.clear();
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of names) {
      await Promise.resolve(vscode.workspace.fs.delete(workspaceFile(name))).catch(() => undefined);
    }
  });

  async function lensTitles(uri: vscode.Uri): Promise<(string | undefined)[]> {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      100,
    );
    return found.map(({ command }) => command?.title);
  }

  it('hovers the removed text in the language of the file, with links that can only settle it', async () => {
    await vscode.window.showTextDocument(file);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      file,
      new vscode.Position(2, 0),
    );
    const ours = hovers
      .flatMap(({ contents }) => contents as vscode.MarkdownString[])
      .find(({ value }) => value.includes('1 line removed'));
    assert.ok(ours);
    assert.match(ours.value, /```javascript\ntwo\n```/);
    assert.match(ours.value, /\[Accept\]\(command:tandem\.acceptHunk\?/);
    assert.match(ours.value, /\[Reject\]\(command:tandem\.rejectHunk\?/);
    assert.deepEqual(ours.isTrusted, {
      enabledCommands: ['tandem.acceptHunk', 'tandem.rejectHunk', 'tandem.compareHunk'],
    });
  });

  it('offers the lightbulb’s entries in hunks only, and they do what they say', async () => {
    await vscode.window.showTextDocument(file);
    const actionsAt = (line: number) =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        file,
        new vscode.Range(line, 0, line, 0),
      );
    const ours = (await actionsAt(1)).filter(({ kind }) => kind?.value === 'quickfix.tandem');
    assert.deepEqual(
      ours.map(({ title }) => title),
      [
        'Accept change',
        'Reject change',
        'Reject change with a reason…',
        'Accept all changes in file',
        'Reject all changes in file',
      ],
    );
    assert.deepEqual(
      (await actionsAt(0)).filter(({ kind }) => kind?.value === 'quickfix.tandem'),
      [],
    );
    const { command } = ours[1]!;
    await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
    await until(() => pendingFile(host, 'surface.js')?.hunks.length === 1);
    assert.equal(await readText(file), lines.replace('six\n', ''));
  });

  it('shows a deleted file as a read-only document that can bring it back', async () => {
    await vscode.commands.executeCommand('tandem.compareHunk', { path: 'gone.js' });
    const editor = await until(() => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.toString() === goneBaseline.toString() && active;
    });
    assert.equal(editor.document.getText(), 'const gone = 1;\n');
    const titles = await lensTitles(goneBaseline);
    assert.deepEqual(titles, [
      'Accept file',
      'Reject file',
      'Deleted; this is the text last accepted',
    ]);
    await vscode.commands.executeCommand('tandem.rejectHunk');
    await until(() => pendingFile(host, 'gone.js') === undefined);
    assert.equal(await readText(gone), 'const gone = 1;\n');
  });

  it('settles a renamed file under both its names', async () => {
    assert.equal(host.review.renamedFrom('moved.js'), 'old.js');
    await vscode.commands.executeCommand('tandem.compareHunk', { path: 'moved.js' });
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab!;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.match(input.original.path, /old\.js$/);
    await vscode.commands.executeCommand('tandem.rejectFile', workspaceFile('moved.js'));
    await until(() => host.review.files.length === 3);
    assert.equal(await readText(workspaceFile('old.js')), 'the same\ntwo lines\n');
    await assert.rejects(async () => vscode.workspace.fs.stat(workspaceFile('moved.js')));
  });

  it('reads the files and hunks aloud, each with its place', () => {
    const tree = new HunkTree(host.review);
    try {
      const roots = tree.getChildren();
      const read = (node: (typeof roots)[number]) =>
        tree.getTreeItem(node).accessibilityInformation?.label;
      assert.deepEqual(roots.map(read), [
        'fresh.js, new, 0 lines removed, 1 added',
        'gone.js, deleted, 1 lines removed, 0 added',
        'moved.js, renamed from old.js, 0 lines removed, 2 added',
        'surface.js, modified, 2 changes, 2 lines removed, 2 added',
      ]);
      assert.deepEqual(tree.getChildren(roots[3]).map(read), [
        'Change 1 of 2 in surface.js, lines 2 to 3, 1 removed, 2 added',
        'Change 2 of 2 in surface.js, before line 7, 1 removed, 0 added',
      ]);
      assert.deepEqual(tree.getChildren(roots[0]), []);
    } finally {
      tree.dispose();
    }
  });

  it('D05 shows nothing hidden in the tree, neither of a name nor of a line', async () => {
    const name = 'a\u202eb.js';
    names.push(name);
    await writeFile(workspaceFile(name), 'one\n');
    const edit = `*** Begin Patch\n*** Update File: ${name}\n@@\n-one\n+  x\u200b  y\n*** End Patch`;
    await runPatchTurn(host, edit);
    await until(() => pendingFile(host, name));
    const tree = new HunkTree(host.review);
    try {
      const node = tree.getChildren().find(({ path }) => path === name);
      const [file, hunk] = [node, tree.getChildren(node)[0]].map((each) => tree.getTreeItem(each!));
      assert.equal(file?.label, 'a⟨U+202E⟩b.js');
      assert.equal(hunk?.description, '−1 +1  x⟨U+200B⟩ y');
      assert.match(
        hunk?.accessibilityInformation?.label ?? '',
        /^Change 1 of 1 in a⟨U\+202E⟩b\.js,/,
      );
    } finally {
      tree.dispose();
    }
  });

  it('goes from the tree to the hunk, and settles it there', async () => {
    const tree = new HunkTree(host.review);
    try {
      const node = tree.getChildren(tree.getChildren()[3])[1]!;
      const { command } = tree.getTreeItem(node);
      await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), file.toString());
      assert.equal(editor?.selection.active.line, 6);
      await vscode.commands.executeCommand('tandem.acceptHunk', node);
      await until(() => pendingFile(host, 'surface.js')?.hunks.length === 1);
      assert.equal(tree.getChildren(tree.getChildren()[3]).length, 1);
    } finally {
      tree.dispose();
    }
  });

  it('marks both halves of a split editor, and takes the hunk under the cursor of the active one', async () => {
    const left = await vscode.window.showTextDocument(file, {
      viewColumn: vscode.ViewColumn.One,
    });
    const right = await vscode.window.showTextDocument(file, {
      viewColumn: vscode.ViewColumn.Two,
    });
    left.selection = new vscode.Selection(1, 0, 1, 0);
    right.selection = new vscode.Selection(6, 0, 6, 0);
    await vscode.commands.executeCommand('tandem.rejectHunk');
    await until(() => pendingFile(host, 'surface.js')?.hunks.length === 1);
    assert.equal(await readText(file), lines.replace('two', 'TWO\n2'));
  });

  it('walks into deleted files too', async () => {
    const editor = await vscode.window.showTextDocument(workspaceFile('fresh.js'));
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand('tandem.nextHunk');
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), goneBaseline.toString());
  });
});
