import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createEditorDiagnostics } from '../../src/extension/editorDiagnostics';
import { assertTook } from '../support/assertTook';
import { useTempFolder } from '../support/tempFolder';

const { Error: error, Warning: warning, Hint: hint } = vscode.DiagnosticSeverity;

describe('editorDiagnostics', () => {
  const folder = useTempFolder();
  const server = vscode.languages.createDiagnosticCollection('tandem-test');
  const { signal } = new AbortController();

  afterEach(async () => {
    server.clear();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => server.dispose());

  const uriOf = (path: string) => vscode.Uri.file(folder().at(path));

  function report(
    path: string,
    ...found: readonly (readonly [number, string, vscode.DiagnosticSeverity])[]
  ): void {
    const problems = found.map(
      ([line, text, severity]) =>
        new vscode.Diagnostic(new vscode.Range(line, 0, line, 1), text, severity),
    );
    server.set(uriOf(path), problems);
  }

  it('tells the errors and warnings that came up after the edit, and none that only moved', async () => {
    report('a.ts', [0, 'old', error]);
    const watch = createEditorDiagnostics(folder().path).watch(['a.ts']);
    setTimeout(() => {
      const found = [
        [4, 'old', error],
        [5, 'new\nand its details', error],
        [6, 'odd', warning],
        [7, 'a hint', hint],
      ] as const;
      report('a.ts', ...found);
      report('b.ts', [0, 'elsewhere', error]);
    }, 100);
    assert.deepEqual(await watch.newProblems(signal), [
      { path: 'a.ts', line: 6, severity: 'error', message: 'new' },
      { path: 'a.ts', line: 7, severity: 'warning', message: 'odd' },
    ]);
    watch.dispose();
  });

  it('waits for the servers where the file is open, and not for ever', async () => {
    folder().write('a.ts', 'let a;\n');
    await vscode.window.showTextDocument(uriOf('a.ts'));
    const watch = createEditorDiagnostics(folder().path).watch(['a.ts']);
    const startedAt = Date.now();
    assert.deepEqual(await watch.newProblems(signal), []);
    await assertTook(Date.now() - startedAt, 3_000);
    watch.dispose();
  });

  it('remembers all problems, and tells later at once what is new in some files', () => {
    report('a.ts', [0, 'old', error]);
    const newProblems = createEditorDiagnostics(folder().path).remember();
    report('a.ts', [0, 'old', error], [1, 'new', error]);
    report('b.ts', [0, 'elsewhere', error]);
    const found = [{ path: 'a.ts', line: 2, severity: 'error', message: 'new' }];
    assert.deepEqual(newProblems(['a.ts']), found);
  });

  it('answers at once where the turn was stopped', async () => {
    report('a.ts', [0, 'old', error]);
    const watch = createEditorDiagnostics(folder().path).watch(['a.ts']);
    assert.deepEqual(await watch.newProblems(AbortSignal.abort()), []);
    watch.dispose();
  });
});
