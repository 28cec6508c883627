import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createJournalStore } from '../../../src/adapters/journal/journalStore';
import { until } from '../tandemHost';
import { patchCall, useReviewDesk } from './reviewDesk';

const start = '1\n2\n3\n4\n5\n6\n7\n8\n';

describe('a thread that is opened again', () => {
  const desk = useReviewDesk();

  /**
   * Closes the thread, lets something happen, and opens it from its journal. One whose changes wait stays open in its
   * window, so another window takes it over, and is closed.
   */
  async function reopened(meanwhile: () => Promise<void>): Promise<void> {
    const before = desk.host.shown.current!;
    desk.host.shown.clear();
    const folder = process.env['TANDEM_HOME'];
    assert.ok(folder);
    const other = createJournalStore({ folder }).open(before.id, 'takeOver');
    other.journal.close();
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
