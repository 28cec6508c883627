import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { patchCall, shellCall, useReviewDesk } from './reviewDesk';

const start = 'one\ntwo\nthree\nfour\nfive\nsix\n';
const edited = start.replace('two', 'TWO').replace('five', 'FIVE');

describe('editors that are split, hidden or closed', () => {
  const desk = useReviewDesk();
  const patchA = () => patchCall(desk.path('a.txt'), ['-two', '+TWO'], ['-five', '+FIVE']);

  beforeEach(async () => {
    await desk.write('a.txt', start);
    await desk.write('b.txt', 'b\n');
  });

  it('show one text in both halves: settled in one, undone in the other', async () => {
    const show = (viewColumn: vscode.ViewColumn) =>
      vscode.window.showTextDocument(desk.uri('a.txt'), { viewColumn, preview: false });
    const left = await show(vscode.ViewColumn.One);
    const right = await show(vscode.ViewColumn.Two);
    await desk.turn(patchA());
    await desk.hunks('a.txt', 2);
    right.selection = new vscode.Selection(4, 0, 4, 0);
    await vscode.commands.executeCommand('tandem.rejectHunk');
    await desk.hunks('a.txt', 1);
    const rejected = edited.replace('FIVE', 'five');
    desk.holds('a.txt', { disk: rejected });
    assert.equal(left.document.getText(), rejected);

    await show(vscode.ViewColumn.One);
    await vscode.commands.executeCommand('undo');
    assert.equal(right.document.getText(), edited);
    await desk.hunks('a.txt', 2);
    await vscode.commands.executeCommand('redo');
    await desk.hunks('a.txt', 1);
    assert.match(await desk.told(), /-five\n\+FIVE/);
  });

  it('that stand behind another tab are edited in their buffer and undone when they are shown', async () => {
    await desk.open('a.txt');
    await desk.open('b.txt');
    await desk.turn(patchA());
    await desk.hunks('a.txt', 2);
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, desk.uri('b.txt').path);
    desk.holds('a.txt', { disk: edited });
    await desk.settle('reject', 'a.txt');
    await desk.hunks('a.txt', 0);
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, desk.uri('b.txt').path);
    desk.holds('a.txt', { disk: start });
    await desk.goBack('undo', 'a.txt', edited, start);
    await desk.goBack('redo', 'a.txt', edited);
    await desk.hunks('a.txt', 2);
  });

  it('that were closed lose nothing: the hunks wait, and are settled on the disk', async () => {
    await desk.turn(patchA());
    await desk.hunks('a.txt', 2);
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 1);
    assert.equal(desk.disk('a.txt')?.toString(), edited.replace('TWO', 'two'));
    const { document } = await desk.open('a.txt');
    assert.equal(document.getText(), edited.replace('TWO', 'two'));
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: start });
    await desk.goBack('undo', 'a.txt', edited.replace('TWO', 'two'));
    await desk.hunks('a.txt', 1);
  });

  it('follow a file that a command writes while they show it', async () => {
    await desk.open('a.txt');
    await desk.turn(shellCall(`sed -i s/two/TWO/ ${desk.path('a.txt')}`));
    await desk.hunks('a.txt', 1);
    await desk.shows('a.txt', start.replace('two', 'TWO'));
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: start });
    await desk.goBack('undo', 'a.txt', start.replace('two', 'TWO'));
    await desk.hunks('a.txt', 1);
  });
});
