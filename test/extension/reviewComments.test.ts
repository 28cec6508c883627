import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commentableLines } from '../../src/extension/comments/commentingRanges';
import type { Host } from '../../src/extension/host';
import type { Hunk } from '../../src/protocol/changes';
import { runningTurn } from '../../src/protocol/threadState';
import {
  customCall,
  message,
  respond,
  startScriptedServer,
  type ScriptedServer,
} from '../support/scriptedServer';
import {
  pendingFile,
  runPatchTurn,
  tandemHost,
  until,
  workspaceFile,
  workspaceFolder,
  writeFile,
} from './tandemHost';

const path = 'commented.txt';

const patch = (from: string, to: string) =>
  `*** Begin Patch\n*** Update File: ${path}\n@@\n-${from}\n+${to}\n*** End Patch`;

describe('comments in the editor', () => {
  const file = workspaceFile(path);
  const configuration = () => vscode.workspace.getConfiguration('tandem');
  let host: Host;
  let server: ScriptedServer | undefined;

  beforeEach(async () => {
    host = await tandemHost();
    await writeFile(file, 'one\ntwo\nthree\nfour\nfive\n');
    await runPatchTurn(host, patch('three', 'THREE'));
    await until(() => pendingFile(host, path));
  });

  afterEach(async () => {
    await until(() => !host.shown.state || !runningTurn(host.shown.state));
    await configuration().update('baseUrl', undefined, vscode.ConfigurationTarget.Global);
    await host.credentials.clearKey();
    await server?.close();
    server = undefined;
    host.shown.clear();
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(file);
  });

  async function answerWith(...script: ReturnType<typeof respond>[]) {
    server = await startScriptedServer(script);
    await configuration().update('baseUrl', server.baseUrl, vscode.ConfigurationTarget.Global);
    await host.credentials.storeKey('test-key');
    return server;
  }

  /** What VS Code hands to the buttons under a text written at these lines, from 0. */
  function written(text: string, line: number): vscode.CommentReply & { disposed: boolean } {
    const reply = {
      text,
      disposed: false,
      thread: {
        uri: file,
        range: new vscode.Range(line, 0, line, 0),
        dispose: () => (reply.disposed = true),
      } as unknown as vscode.CommentThread,
    };
    return reply;
  }

  const run = (command: string, argument?: unknown) =>
    vscode.commands.executeCommand(`tandem.${command}`, argument);

  function onlyThread(): vscode.CommentThread {
    assert.equal(host.comments.threads.length, 1);
    return host.comments.threads[0]!;
  }

  const bodies = (thread: vscode.CommentThread) =>
    thread.comments.map(({ author, body }) => [
      author.name,
      typeof body === 'string' ? body : body.value,
    ]);

  it('can be written on the changed lines and those around them', () => {
    const hunk = (liveStart: number, liveCount: number) => ({ liveStart, liveCount }) as Hunk;
    assert.deepEqual(commentableLines({ hunks: [hunk(10, 2), hunk(15, 0), hunk(40, 1)] }, 42), [
      [7, 18],
      [37, 41],
    ]);
  });

  it('are collected, edited and deleted until they are sent', async () => {
    const reply = written('Why upper case?', 2);
    await run('addComment', reply);
    assert.ok(reply.disposed);
    const thread = onlyThread();
    assert.equal(thread.label, 'Waiting to be sent');
    assert.equal(thread.collapsibleState, vscode.CommentThreadCollapsibleState.Expanded);
    assert.deepEqual(bodies(thread), [['You', 'Why upper case?']]);

    await run('editComment', thread.comments[0]);
    assert.equal(thread.comments[0]?.mode, vscode.CommentMode.Editing);
    await run('saveComment', { ...thread.comments[0], body: 'Why so loud?' });
    assert.equal(thread.comments[0]?.mode, vscode.CommentMode.Preview);
    assert.deepEqual(bodies(thread), [['You', 'Why so loud?']]);

    await run('addComment', { thread, text: 'And here?' });
    assert.equal(onlyThread().comments.length, 2);
    await run('deleteComment', thread.comments[1]);
    assert.deepEqual(bodies(onlyThread()), [['You', 'Why so loud?']]);
    await run('deleteComment', thread.comments[0]);
    assert.deepEqual(host.comments.threads, []);
  });

  it('stay with their lines while the file changes', async () => {
    await run('addComment', written('Here.', 2));
    const editor = await vscode.window.showTextDocument(file);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'zero\n'));
    await until(() => onlyThread().range?.start.line === 3);
  });

  it('go to the agent, whose answer is a reply that says what it changed', async () => {
    const model = await answerWith(
      respond(customCall('apply_patch', patch('THREE', 'Three'), 'c2')),
      respond(message('[C1] Right, ![it](https://example.org/x.png) is calmer now.')),
    );
    await run('sendComment', written('Why upper case?', 2));
    const thread = onlyThread();
    await until(() => thread.comments.length === 2);
    assert.match(
      model.requests[0]!.raw,
      /\[C1\] commented\.txt:3, on your edit:\\n-three\\n\+THREE\\nComment: Why upper case\?/,
    );
    assert.deepEqual(bodies(thread), [
      ['You', 'Why upper case?'],
      ['Tandem', 'Right, !\\[it](https://example.org/x.png) is calmer now.'],
    ]);
    const body = thread.comments[1]?.body as vscode.MarkdownString;
    assert.ok(!body.isTrusted && !body.supportHtml);
    assert.equal(thread.comments[1]?.label, 'changed in this turn');
    assert.equal(thread.label, 'Answered');
    assert.equal(thread.comments[0]?.contextValue, undefined);
    assert.equal(thread.state, vscode.CommentThreadState.Unresolved);
    await until(() => host.shown.state && !runningTurn(host.shown.state));

    const hunk = await until(() => pendingFile(host, path)?.hunks[0]);
    await run('acceptHunk', { path, hunkId: hunk.id });
    await until(() => thread.state === vscode.CommentThreadState.Resolved);
    assert.equal(thread.label, 'Settled');
  });

  it('say why a hunk was rejected, in the next request', async () => {
    const hunk = pendingFile(host, path)!.hunks[0]!;
    const { showInputBox } = vscode.window;
    const asked: (string | undefined)[] = [undefined, 'It shouts.'];
    (vscode.window as { showInputBox: unknown }).showInputBox = async () => asked.shift();
    try {
      await run('rejectHunkWithReason', { path, hunkId: hunk.id });
      assert.ok(pendingFile(host, path), 'nothing is rejected where the person does not go on');
      await run('rejectHunkWithReason', { path, hunkId: hunk.id });
    } finally {
      (vscode.window as { showInputBox: unknown }).showInputBox = showInputBox;
    }
    await until(() => !pendingFile(host, path));
    assert.equal(onlyThread().comments[0]?.label, 'why it was rejected');
    const model = await answerWith(respond(message('Understood.')));
    await run('sendComments');
    await until(() => model.requests.length === 1);
    assert.match(model.requests[0]!.raw, /Why they rejected it: It shouts\./);
    assert.doesNotMatch(model.requests[0]!.raw, /<review>/);
  });

  it('belong to the thread that is shown', async () => {
    await run('addComment', written('Mine.', 2));
    const { id } = host.shown.current!;
    host.shown.clear();
    assert.deepEqual(host.comments.threads, []);
    await run('openThread', id);
    assert.deepEqual(bodies(onlyThread()), [['You', 'Mine.']]);
    assert.equal(workspaceFolder(), host.shown.current?.cwd);
  });
});
