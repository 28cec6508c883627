import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { customCall, type ScriptedRequest } from '../../support/scriptedServer';
import { lastOutput, patchCall, shellCall, useReviewDesk } from './reviewDesk';

const start = 'one\ntwo\nthree\nfour\n';
const typed = `mine\n${start}`;
const both = typed.replace('three', 'THREE');
const edit = [' two', '-three', '+THREE', ' four'];

describe('text that was not saved', () => {
  const desk = useReviewDesk();

  beforeEach(async () => {
    await desk.write('a.txt', start);
    await desk.type('a.txt', 0, 'mine\n');
  });

  const editA = () => patchCall(desk.path('a.txt'), edit);

  it('is edited in the buffer by one undo stop, and never saved', async () => {
    await desk.turn(editA());
    await desk.hunks('a.txt', 1);
    desk.holds('a.txt', { disk: start, buffer: both, dirty: true });
    await desk.goBack('undo', 'a.txt', typed);
    await desk.hunks('a.txt', 0);
    await desk.goBack('redo', 'a.txt', both);
    await desk.hunks('a.txt', 1);
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: start, buffer: typed, dirty: true });
    await desk.goBack('undo', 'a.txt', both, typed, start);
    assert.match(await desk.told(), /-three\n\+THREE/);
  });

  it('counts as the person’s, not as the agent’s', async () => {
    await desk.turn(editA());
    await desk.hunks('a.txt', 1);
    assert.deepEqual(desk.pending('a.txt')?.hunks[0]?.removed, ['three']);
    await vscode.workspace.saveAll(false);
    desk.holds('a.txt', { disk: both });
    await desk.settle('reject', 'a.txt');
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: typed });
  });

  it('is what the model’s patch is made for: one that knows the disk alone fails and is told so', async () => {
    const stale = patchCall(desk.path('a.txt'), ['-four', '+FOUR', '*** End of File']);
    await desk.type('a.txt', 4, 'not ');
    await desk.turn(stale);
    assert.match(lastOutput(desk.requests.at(-1)), /verification failed[^]*not four/);
    desk.holds('a.txt', { disk: start, buffer: typed.replace('four', 'not four'), dirty: true });
    assert.equal(desk.pending('a.txt'), undefined);
  });

  it('is not deleted by a patch', async () => {
    const patch = `*** Begin Patch\n*** Delete File: ${desk.path('a.txt')}\n*** End Patch`;
    await desk.turn(customCall('apply_patch', patch));
    assert.match(lastOutput(desk.requests.at(-1)), /unsaved changes and cannot be deleted/);
    desk.holds('a.txt', { disk: start, buffer: typed, dirty: true });
  });

  it('stays in the editor where a command writes the file', async () => {
    await desk.turn(shellCall(`sed -i s/three/THREE/ ${desk.path('a.txt')}`));
    desk.holds('a.txt', { disk: start.replace('three', 'THREE'), buffer: typed, dirty: true });
    await desk.goBack('undo', 'a.txt', start);
  });

  it('is kept where the person types while the model is about to patch', async () => {
    const answer = (_: ScriptedRequest) => editA();
    const typing = desk.type('a.txt', 2, 'more\n');
    await desk.turn(answer);
    await typing;
    await desk.hunks('a.txt', 1);
    const all = both.replace('one\n', 'one\nmore\n');
    desk.holds('a.txt', { disk: start, buffer: all, dirty: true });
  });
});

describe('typing while a patch is applied', () => {
  const desk = useReviewDesk();
  const patched = start.replace('three', 'THREE');
  let hook: vscode.Disposable | undefined;
  afterEach(() => {
    hook?.dispose();
  });

  const type = () => vscode.commands.executeCommand<void>('type', { text: 'mine' });
  /** When the person types: right after the edit, or while the file is saved. */
  const moments = {
    'right after it came': (editor: vscode.TextEditor, act: () => void) =>
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document === editor.document && contentChanges.length > 0) act();
      }),
    'while it is saved': (editor: vscode.TextEditor, act: () => Thenable<unknown> | undefined) =>
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (event.document === editor.document) event.waitUntil(act() ?? Promise.resolve());
      }),
  };

  for (const [moment, listen] of Object.entries(moments)) {
    it(`is kept and counts as the person’s, ${moment}`, async () => {
      await desk.write('a.txt', start);
      const editor = await desk.open('a.txt');
      let typing: Thenable<unknown> | undefined;
      hook = listen(editor, () => (typing ? undefined : (typing = type())));
      await desk.turn(patchCall(desk.path('a.txt'), edit));
      await typing;
      await desk.hunks('a.txt', 1);
      assert.equal(editor.document.getText(), `mine${patched}`);
      assert.deepEqual(desk.pending('a.txt')?.hunks[0]?.removed, ['three']);
      hook.dispose();
      await desk.told();
      assert.match(desk.toldSoFar().join(), /by hand[^]*a\.txt/);
      await desk.settle('reject', 'a.txt');
      await desk.hunks('a.txt', 0);
      assert.equal(editor.document.getText(), `mine${start}`);
      await desk.goBack('undo', 'a.txt', `mine${patched}`, patched, start);
    });
  }

  it('makes a patch of the same lines fail, which the model is told, and nothing is written', async () => {
    await desk.write('a.txt', start);
    const editor = await desk.open('a.txt');
    await desk.turn(shellCall(`cat ${desk.path('a.txt')}`), () => {
      void editor.edit((text) => text.replace(editor.document.lineAt(2).range, '3'));
      return shellCall('true');
    });
    const mine = start.replace('three', '3');
    assert.equal(editor.document.getText(), mine);
    await desk.turn(patchCall(desk.path('a.txt'), edit));
    assert.match(lastOutput(desk.requests.at(-1)), /verification failed/);
    desk.holds('a.txt', { disk: start, buffer: mine, dirty: true });
  });
});
