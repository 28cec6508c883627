import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Host } from '../../src/extension/host';
import { runningTurn } from '../../src/protocol/threadState';
import { git, makeRepository } from '../support/gitRepository';
import { answeredFinding, reviewAnswer } from '../support/reviewAnswers';
import {
  message,
  respond,
  startScriptedServer,
  type ScriptedServer,
} from '../support/scriptedServer';
import { tandemHost, until, workspaceFile, workspaceFolder, writeFile } from './tandemHost';

describe('findings in the editor', () => {
  const file = workspaceFile('reviewed.txt');
  const configuration = () => vscode.workspace.getConfiguration('tandem');
  let host: Host;
  let server: ScriptedServer;

  beforeEach(async () => {
    host = await tandemHost();
    host.shown.clear();
    await writeFile(file, 'one\ntwo\nthree\n');
    makeRepository(workspaceFolder());
    await writeFile(file, 'one\nTWO\nTHREE\n');
    server = await startScriptedServer([
      respond(
        message(
          reviewAnswer(
            answeredFinding(file.fsPath, [2, 3], {
              body: 'Lower case ![it](https://example.org/x.png) again, [see](https://example.org/a). \u202e',
            }),
            answeredFinding(file.fsPath, [3, 3], { title: 'Perhaps', confidence_score: 0.3 }),
          ),
        ),
      ),
      respond(message('Fixed.')),
    ]);
    await configuration().update('baseUrl', server.baseUrl, vscode.ConfigurationTarget.Global);
    await host.credentials.storeKey('test-key');
    await vscode.commands.executeCommand('tandem.reviewChanges', {
      rootUri: vscode.Uri.file(workspaceFolder()),
    });
    await until(() => host.findings.threads.length > 0);
    await until(idle);
  });

  afterEach(async () => {
    await until(idle);
    await configuration().update('baseUrl', undefined, vscode.ConfigurationTarget.Global);
    await configuration().update('review.confidence', undefined, vscode.ConfigurationTarget.Global);
    await host.credentials.clearKey();
    await server.close();
    host.shown.clear();
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(file);
    rmSync(join(workspaceFolder(), '.git'), { recursive: true, force: true });
  });

  const idle = () => !host.shown.state || !runningTurn(host.shown.state);

  function onlyThread(): vscode.CommentThread {
    assert.equal(host.findings.threads.length, 1);
    return host.findings.threads[0]!;
  }

  it('D03 D05 are comments beside their lines, closed, and show nothing that would be fetched', () => {
    const thread = onlyThread();
    assert.equal(thread.uri.toString(), file.toString());
    assert.deepEqual([thread.range?.start.line, thread.range?.end.line], [1, 2]);
    assert.equal(thread.label, 'Major, 90 % sure');
    assert.equal(thread.collapsibleState, vscode.CommentThreadCollapsibleState.Collapsed);
    const body = thread.comments[0]?.body as vscode.MarkdownString;
    assert.match(body.value, /Replace every space/);
    assert.match(body.value, /!\\\[it\]/);
    assert.match(body.value, /\[see\]\(<https:\/\/example\.org\/a>\) \(example\.org\)\. ⟨U\+202E⟩/);
    assert.ok(!body.isTrusted && !body.supportHtml);
    assert.equal(git(workspaceFolder(), 'diff', '--name-only'), 'reviewed.txt');
  });

  it('stay while the file changes, and go when they are dismissed', async () => {
    const thread = onlyThread();
    const editor = await vscode.window.showTextDocument(file);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'zero\n'));
    await editor.document.save();
    assert.equal(onlyThread(), thread);
    await vscode.commands.executeCommand('tandem.dismissFinding', thread);
    await until(() => host.findings.threads.length === 0);
  });

  it('go to the agent as input', async () => {
    await vscode.commands.executeCommand('tandem.fixFinding', onlyThread());
    await until(() => host.findings.threads.length === 0);
    await until(() => server.requests.length === 2);
    assert.match(
      server.requests[1]!.raw,
      /Fix this review finding\.[^]*reviewed\.txt:2-3 \(major\): Replace every space/,
    );
  });

  it('follow the setting of how sure the reviewer must be, and the thread that is shown', async () => {
    await configuration().update('review.confidence', 0.2, vscode.ConfigurationTarget.Global);
    await until(() => host.findings.threads.length === 2);
    const id = host.shown.current!.id;
    host.shown.clear();
    assert.deepEqual(host.findings.threads, []);
    await vscode.commands.executeCommand('tandem.openThread', id);
    assert.equal(host.findings.threads.length, 2);
  });
});
