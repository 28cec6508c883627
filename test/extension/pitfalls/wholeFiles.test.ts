import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import * as vscode from 'vscode';
import { until } from '../tandemHost';
import { shellCall, useReviewDesk } from './reviewDesk';

const start = 'one\ntwo\nthree\n';
const binary = Buffer.of(0, 1, 2, 255, 0, 10, 13);

describe('files that come, go, move and are no text', () => {
  const desk = useReviewDesk();

  const kinds = () =>
    desk.host.review.files
      .map(({ path, kind, binary: noText }) => {
        return `${path.slice(path.lastIndexOf('/') + 1)} ${kind}${noText ? ' binary' : ''}`;
      })
      .join(', ');

  it('are all listed, brought back byte for byte, and told to the model', async () => {
    await desk.write('moved.txt', start);
    await desk.write('gone.txt', 'gone\r\n');
    await desk.write('x.bin', binary);
    const cd = `cd ${desk.path('')}`;
    const act = `mv moved.txt here.txt; rm gone.txt; echo new > new.txt; printf 'a\\0b' > x.bin`;
    await desk.turn(shellCall(`${cd}; ${act}; printf '\\0' > y.bin`));
    await until(() => desk.host.review.files.length === 6);
    assert.equal(
      kinds(),
      'gone.txt delete, here.txt add, moved.txt delete, new.txt add, x.bin update binary, y.bin add binary',
    );
    assert.equal(desk.host.review.renamedFrom(desk.path('here.txt')), desk.path('moved.txt'));

    await vscode.commands.executeCommand('tandem.rejectAll');
    await until(() => desk.host.review.files.length === 0);
    desk.holds('moved.txt', { disk: start });
    desk.holds('gone.txt', { disk: 'gone\r\n' });
    desk.holds('x.bin', { disk: binary });
    for (const name of ['here.txt', 'new.txt', 'y.bin']) desk.holds(name, { disk: null });
    const told = await desk.told();
    for (const name of ['moved.txt', 'gone.txt', 'x.bin', 'here.txt', 'new.txt', 'y.bin']) {
      assert.ok(told.includes(desk.path(name)), `the model hears of ${name}`);
    }
  });

  it('are accepted where they are: nothing is written, and the model is told nothing', async () => {
    await desk.write('gone.txt', 'gone\n');
    await desk.write('x.bin', binary);
    const names = `${desk.path('gone.txt')}; printf 'a\\0b' > ${desk.path('x.bin')}`;
    await desk.turn(shellCall(`rm ${names}; echo n > ${desk.path('new.txt')}`));
    await until(() => desk.host.review.files.length === 3);
    const at = statSync(desk.uri('x.bin').fsPath).mtimeMs;
    await vscode.commands.executeCommand('tandem.acceptAll');
    await until(() => desk.host.review.files.length === 0);
    desk.holds('gone.txt', { disk: null });
    desk.holds('new.txt', { disk: 'n\n' });
    desk.holds('x.bin', { disk: 'a\0b' });
    assert.equal(statSync(desk.uri('x.bin').fsPath).mtimeMs, at);
    assert.equal(await desk.told(), '');
  });

  it('go on being reviewed where the person deletes or renames them meanwhile', async () => {
    await desk.write('a.txt', start);
    await desk.write('b.txt', start);
    const edit = `sed -i s/two/TWO/ ${desk.path('a.txt')} ${desk.path('b.txt')}`;
    await desk.turn(shellCall(edit));
    await desk.hunks('b.txt', 1);
    await desk.open('a.txt');

    await vscode.workspace.fs.delete(desk.uri('a.txt'));
    await desk.hunks('a.txt', 0);
    const rejecting = desk.host.review.resolve('reject', { path: desk.path('a.txt') });
    await assert.rejects(rejecting, /no open changes/);
    assert.equal(desk.disk('a.txt'), null);

    const rename = new vscode.WorkspaceEdit();
    rename.renameFile(desk.uri('b.txt'), desk.uri('c.txt'));
    assert.equal(await vscode.workspace.applyEdit(rename), true);
    await desk.hunks('c.txt', 1);
    await desk.settle('reject', 'c.txt', 0);
    await desk.hunks('c.txt', 0);
    desk.holds('c.txt', { disk: start });
    assert.match(await desk.told(), /a\.txt/);
  });
});
