import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { functionCall } from '../../support/scriptedServer';
import { until, workspaceFolder } from '../tandemHost';
import { patchCall, shellCall, useReviewDesk } from './reviewDesk';

const start = '1\n2\n3\n4\n5\n6\n7\n8\n';

describe('a thread that is opened again', () => {
  const desk = useReviewDesk();

  /** Closes the thread, lets something happen, and opens it from its journal. */
  async function reopened(meanwhile: () => Promise<void>): Promise<void> {
    const before = desk.host.shown.current!;
    desk.host.shown.clear();
    await meanwhile();
    await desk.host.shown.open(before.id);
    assert.notEqual(desk.host.shown.current, before, 'it was closed');
  }

  it('goes on with its hunks where the files are what they were', async () => {
    await desk.write('a.txt', start);
    await desk.turn(patchCall(desk.path('a.txt'), ['-3', '+three']));
    await desk.hunks('a.txt', 1);
    await reopened(() => desk.write('b.txt', 'other\n'));
    await desk.hunks('a.txt', 1);
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: start });
    assert.match(await desk.told(), /-3\n\+three/);
  });

  it('only shows a file that was changed meanwhile: nothing is applied to it', async () => {
    await desk.write('a.txt', start);
    await desk.turn(patchCall(desk.path('a.txt'), ['-3', '+three']));
    await desk.hunks('a.txt', 1);
    const other = start.replace('3', 'three').replace('7', 'seven');
    await reopened(() => desk.write('a.txt', other));
    await until(() => desk.pending('a.txt')?.viewOnly);
    await desk.open('a.txt');
    await vscode.commands.executeCommand('tandem.rejectAll');
    desk.holds('a.txt', { disk: other });
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      desk.uri('a.txt'),
      50,
    );
    assert.ok(lenses.every(({ command }) => command?.title !== 'Reject'));
    await desk.settle('accept', 'a.txt');
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: other });
  });
});

describe('two threads on one file', () => {
  const desk = useReviewDesk();
  const keepsOpen = functionCall('exec_command', { cmd: 'sleep 600', yield_time_ms: 250 });

  it('review each its own change, and a reject takes back no more than that', async () => {
    await desk.write('a.txt', start);
    const { document } = await desk.open('a.txt');
    await desk.turn(patchCall(desk.path('a.txt'), ['-2', '+two']), keepsOpen);
    await desk.hunks('a.txt', 1);
    const first = desk.host.shown.current!;
    await desk.host.shown.start(workspaceFolder());
    await desk.turn(shellCall(`sed -i s/7/seven/ ${desk.path('a.txt')}`), keepsOpen);
    await desk.hunks('a.txt', 1);
    const second = desk.host.shown.current!;
    try {
      await until(() => document.getText() === start.replace('2', 'two').replace('7', 'seven'));
      assert.deepEqual(desk.pending('a.txt')?.hunks[0]?.added, ['seven']);
      await desk.host.shown.open(first.id);
      await desk.hunks('a.txt', 1);
      assert.deepEqual(desk.pending('a.txt')?.hunks[0]?.added, ['two']);
      await desk.settle('reject', 'a.txt');
      await desk.hunks('a.txt', 0);
      desk.holds('a.txt', { disk: start.replace('7', 'seven') });
      assert.match(await desk.told(), /-2\n\+two\n/);

      await desk.host.shown.open(second.id);
      await desk.hunks('a.txt', 1);
      assert.deepEqual(desk.pending('a.txt')?.hunks[0]?.added, ['seven']);
      await desk.settle('reject', 'a.txt');
      await desk.hunks('a.txt', 0);
      desk.holds('a.txt', { disk: start });
      assert.match(await desk.told(), /-7\n\+seven\n/);
      assert.equal(await desk.told(), '');
      await desk.goBack('undo', 'a.txt', start.replace('7', 'seven'));
      await desk.hunks('a.txt', 1);
    } finally {
      for (const { id } of [first, second]) await desk.host.shown.delete(id);
    }
  });
});
