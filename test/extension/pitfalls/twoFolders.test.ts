import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { useTempFolder } from '../../support/tempFolder';
import { pendingFile, until, workspaceFolder } from '../tandemHost';
import { customCall } from '../../support/scriptedServer';
import { lastOutput, patchCall, shellCall, useReviewDesk } from './reviewDesk';

const start = 'one\ntwo\nthree\n';
const edited = start.replace('two', 'TWO');

describe('threads on two folders of one window', () => {
  const desk = useReviewDesk();
  const other = useTempFolder({ 'same.txt': start });

  it('review each the files of its own folder, also under the same name', async () => {
    await desk.write('same.txt', start);
    await desk.turn(patchCall(desk.path('same.txt'), ['-two', '+TWO']));
    await desk.hunks('same.txt', 1);
    const first = desk.host.shown.current!;

    await desk.host.shown.start(other().path);
    const uri = vscode.Uri.file(other().at('same.txt'));
    const { document } = await vscode.window.showTextDocument(uri);
    await desk.turn(patchCall('same.txt', ['-two', '+TWO']));
    await desk.turn(shellCall('echo new > new.txt'));
    await until(() => pendingFile(desk.host, 'new.txt'));
    assert.deepEqual(
      desk.host.review.files.map(({ path }) => desk.host.review.uriOf(path).fsPath),
      [other().at('new.txt'), other().at('same.txt')],
    );
    assert.equal(document.getText(), edited);

    await vscode.commands.executeCommand('tandem.rejectFile', uri);
    await until(() => !pendingFile(desk.host, 'same.txt'));
    assert.equal(readFileSync(uri.fsPath, 'utf8'), start);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), edited);
    await until(() => pendingFile(desk.host, 'same.txt'));
    await vscode.commands.executeCommand('redo');
    await until(() => !pendingFile(desk.host, 'same.txt'));
    assert.match(await desk.told(), /\nsame\.txt, line 2:/);
    await vscode.commands.executeCommand('tandem.acceptAll');
    assert.equal(readFileSync(other().at('new.txt'), 'utf8'), 'new\n');

    await desk.host.shown.open(first.id);
    desk.holds('same.txt', { disk: edited });
    await desk.settle('reject', 'same.txt');
    await desk.hunks('same.txt', 0);
    desk.holds('same.txt', { disk: start });
    assert.equal(readFileSync(uri.fsPath, 'utf8'), start);
  });

  it('write no files of each other’s: the model is told that they lie outside', async () => {
    await desk.host.shown.start(other().path);
    const outside = `${workspaceFolder()}/${desk.path('made.txt')}`;
    const patch = `*** Begin Patch\n*** Add File: ${outside}\n+x\n*** End Patch`;
    await desk.turn(customCall('apply_patch', patch));
    assert.match(lastOutput(desk.requests.at(-1)), /outside/);
    desk.holds('made.txt', { disk: null });
    assert.equal(desk.host.review.files.length, 0);
  });
});
