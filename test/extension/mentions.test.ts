import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { FollowedSelections } from '../../src/extension/drafts/followedSelections';
import { Mentions } from '../../src/extension/mentions/mentions';
import type { SelectionAttachment } from '../../src/protocol/input';
import { tandemHost, until, workspaceFile, workspaceFolder, writeFile } from './tandemHost';

describe('mentions in a window', () => {
  let mentions: Mentions;
  let shown: Parameters<Mentions['search']>[0];

  before(async () => {
    const host = await tandemHost();
    host.shown.clear();
    shown = host.shown;
    mentions = new Mentions(host);
    await writeFile(workspaceFile('mentioned/one.ts'), 'export function one() {\n  return 1;\n}\n');
    await writeFile(workspaceFile('mentioned/.env'), 'SECRET=1\n');
  });
  after(async () => {
    mentions.dispose();
    await vscode.workspace.fs.delete(workspaceFile('mentioned'), { recursive: true });
  });

  it('finds files and folders by what is typed, open ones at the start, and nothing hidden', async () => {
    await vscode.window.showTextDocument(workspaceFile('mentioned/one.ts'));
    const open = await mentions.search(shown, 'all', '');
    assert.deepEqual(open[0], { kind: 'file', path: 'mentioned/one.ts', open: true });
    const found = await mentions.search(shown, 'all', 'mentioned/');
    assert.ok(found.some(({ kind, path }) => kind === 'folder' && path === 'mentioned'));
    assert.deepEqual(await mentions.search(shown, 'file', 'mentioned/env'), []);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('attaches a folder by its files, and refuses what is hidden or outside', async () => {
    assert.deepEqual(await mentions.attach(shown, { kind: 'folder', path: 'mentioned' }), {
      ...{ kind: 'text', source: 'folder', name: 'mentioned', text: 'mentioned/one.ts' },
    });
    const refused = /hidden from the agent|Only files inside/;
    for (const path of ['mentioned/.env', '../outside.ts']) {
      await assert.rejects(mentions.attach(shown, { kind: 'file', path }), refused);
      const symbol = {
        kind: 'symbol',
        name: 'x',
        container: '',
        startLine: 1,
        endLine: 1,
      } as const;
      await assert.rejects(mentions.attach(shown, { ...symbol, path }), refused);
    }
  });

  it('finds symbols by the language servers, and attaches the lines that declare one', async () => {
    const uri = workspaceFile('mentioned/one.ts');
    const place = new vscode.Location(uri, new vscode.Range(0, 16, 0, 19));
    const whole = new vscode.Range(0, 0, 2, 1);
    const { Function: kind } = vscode.SymbolKind;
    const providers = [
      vscode.languages.registerWorkspaceSymbolProvider({
        provideWorkspaceSymbols: (query) =>
          query === 'mentionedOne'
            ? [new vscode.SymbolInformation('mentionedOne', kind, 'module', place)]
            : [],
      }),
      vscode.languages.registerDocumentSymbolProvider(
        { pattern: '**/mentioned/one.ts' },
        {
          provideDocumentSymbols: () => [
            new vscode.DocumentSymbol('mentionedOne', '', kind, whole, place.range),
          ],
        },
      ),
    ];
    try {
      // A language server that starts may take longer than a person is made to wait.
      const found = await until(
        async () => (await mentions.search(shown, 'symbol', 'mentionedOne'))[0],
      );
      const expected = { kind: 'symbol', name: 'mentionedOne', container: 'module' } as const;
      const mention = { ...expected, path: 'mentioned/one.ts', startLine: 1, endLine: 1 };
      assert.deepEqual(found, mention);
      assert.deepEqual(await mentions.attach(shown, mention), {
        ...{ kind: 'selection', path: 'mentioned/one.ts', startLine: 1, endLine: 3 },
        text: 'export function one() {\n  return 1;\n}',
        symbol: 'mentionedOne',
      });
    } finally {
      for (const provider of providers) provider.dispose();
    }
  });

  it('attaches the problems of the folder, errors first, none of hidden files', async () => {
    const problems = vscode.languages.createDiagnosticCollection('mentions');
    const at = (line: number, message: string, severity: vscode.DiagnosticSeverity) =>
      new vscode.Diagnostic(new vscode.Range(line, 0, line, 1), message, severity);
    const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;
    problems.set(workspaceFile('mentioned/one.ts'), [at(1, 'odd', warning), at(0, 'bad', error)]);
    problems.set(workspaceFile('mentioned/.env'), [at(0, 'SECRET', error)]);
    try {
      const attachment = await mentions.attach(shown, { kind: 'problems' });
      assert.ok(attachment.kind === 'text');
      const ours = attachment.text.split('\n').filter((line) => line.startsWith('mentioned/'));
      assert.deepEqual(ours, [
        'mentioned/one.ts:1: error: bad',
        'mentioned/one.ts:2: warning: odd',
      ]);
      assert.doesNotMatch(attachment.text, /SECRET/);
    } finally {
      problems.dispose();
    }
  });

  it('attaches what is not committed, or says that there is no repository', async () => {
    const wanted = mentions.attach(shown, { kind: 'diff' });
    const inside = isRepository(workspaceFolder());
    if (!inside) return assert.rejects(wanted, /could not be read/);
    const attachment = await wanted;
    assert.ok(attachment.kind === 'text');
    assert.match(attachment.text, /new file mentioned\/one\.ts\n@@ [^]*\+export function one/);
    assert.doesNotMatch(attachment.text, /SECRET/);
  });
});

describe('selections of a draft', () => {
  const path = 'followed.ts';
  const file = () => workspaceFile(path);
  const told: SelectionAttachment[][] = [];
  let followed: FollowedSelections;
  const selection: SelectionAttachment = {
    ...{ kind: 'selection', path, startLine: 3, endLine: 4, text: 'three\nfour', id: '1' },
  };
  const last = () => told.at(-1)?.[0];

  beforeEach(async () => {
    const host = await tandemHost();
    host.shown.clear();
    told.length = 0;
    const view = {
      visible: true,
      tell: (_name: string, params: { selections: SelectionAttachment[] }) =>
        void told.push(params.selections),
    };
    followed = new FollowedSelections({
      settings: host.settings,
      shown: host.shown,
      view,
    } as never);
    await writeFile(file(), 'one\ntwo\nthree\nfour\nfive\n');
  });
  afterEach(async () => {
    followed.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.workspace.fs.delete(file()).then(undefined, () => undefined);
  });

  it('follow edits of the document, so that what is sent is what stands there then', async () => {
    const { document } = await vscode.window.showTextDocument(file());
    await followed.follow([selection]);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'zero\n');
    edit.replace(document.uri, new vscode.Range(3, 0, 3, 4), 'FOUR');
    await vscode.workspace.applyEdit(edit);
    await until(() => last()?.startLine === 4);
    const sent = await followed.settle({ text: 'x', attachments: [selection] });
    assert.deepEqual(sent.attachments, [
      { kind: 'selection', path, startLine: 4, endLine: 5, text: 'three\nFOUR' },
    ]);
  });

  it('are gone where their lines are, and back with an undo', async () => {
    const { document } = await vscode.window.showTextDocument(file());
    await followed.follow([selection]);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(1, 0, 5, 0));
    await vscode.workspace.applyEdit(edit);
    await until(() => last()?.gone);
    await vscode.commands.executeCommand('undo');
    await until(() => last() && !last()?.gone);
    assert.equal(last()?.startLine, 3);
  });

  it('are found again by their text after a reload, and gone with a deleted file', async () => {
    // A file of its own: no document of another test is in memory still.
    const unopened = { ...selection, path: 'unopened.ts' };
    await writeFile(workspaceFile('unopened.ts'), 'new\none\ntwo\nthree\nfour\n');
    assert.deepEqual(await followed.follow([unopened]), [
      { ...unopened, startLine: 4, endLine: 5 },
    ]);
    await vscode.workspace.fs.delete(workspaceFile('unopened.ts'));
    const sent = await followed.settle({ text: 'x', attachments: [unopened] });
    assert.equal('gone' in sent.attachments[0]! && sent.attachments[0].gone, true);
  });

  it('are refused outside of the folder, and in files that are hidden', async () => {
    const outside = followed.follow([{ ...selection, path: '../elsewhere.ts' }]);
    await assert.rejects(outside, /Only files inside/);
    await assert.rejects(followed.follow([{ ...selection, path: '.env' }]), /hidden/);
  });
});

function isRepository(folder: string): boolean {
  try {
    execFileSync('git', ['rev-parse', '--is-inside-work-tree'], { cwd: folder, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
