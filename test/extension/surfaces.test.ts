import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createThreadHandlers } from '../../src/extension/threadHandlers';
import { customCall } from '../support/scriptedServer';
import { runCallTurn, tandemHost, until, workspaceFile } from './tandemHost';

const patchOf = (name: string) =>
  customCall('apply_patch', `*** Begin Patch\n*** Add File: ${name}\n+x\n*** End Patch\n`);

describe('the surfaces of a window', () => {
  it('show their own threads, and the one the person was in last drives the editors', async () => {
    const host = await tandemHost();
    const { shown, surfaces, review } = host;
    surfaces.focus(surfaces.sideView);
    await runCallTurn(host, patchOf('in-tab.txt'));
    const inTab = shown.current!;
    await runCallTurn(host, patchOf('in-view.txt'));
    const inView = shown.current!;
    try {
      assert.notEqual(inTab.id, inView.id);
      await surfaces.openTab(inTab.id);
      // Pages tell of the focus in their own time.
      await until(() => shown.current?.id === inTab.id);
      assert.equal(surfaces.inSideView.current?.id, inView.id);
      assert.equal(surfaces.isInSight(inTab.id), true);
      assert.deepEqual(
        review.files.map(({ path }) => path),
        ['in-tab.txt'],
      );

      await surfaces.openTab(inTab.id);
      const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const ours = () =>
        tabs().filter(
          ({ input }) =>
            input instanceof vscode.TabInputWebview && /tandem\.threadTab/.test(input.viewType),
        );
      await until(() => ours().length === 1);

      await surfaces.show(inView.id);
      await until(() => shown.current?.id === inView.id);
      assert.equal(ours().length, 1, 'the tab stays');

      await surfaces.show(inTab.id);
      await vscode.window.tabGroups.close(ours());
      await until(() => shown.current?.id === inView.id);
    } finally {
      for (const thread of [inTab, inView]) await thread.resolveChanges('reject', {});
      for (const name of ['in-tab.txt', 'in-view.txt']) {
        await Promise.resolve(vscode.workspace.fs.delete(workspaceFile(name))).catch(() => {});
      }
    }
  });

  it('forget a thread together when it is deleted, and have it back together when that is undone', async () => {
    const host = await tandemHost();
    const { shown, surfaces } = host;
    surfaces.focus(surfaces.sideView);
    await runCallTurn(host, patchOf('deleted.txt'));
    const { id } = shown.current!;
    await shown.current!.resolveChanges('reject', {});
    await surfaces.openTab(id);
    const { 'thread/delete': remove, 'thread/undelete': undo } = createThreadHandlers(host);
    await remove({ threadId: id });
    assert.deepEqual([surfaces.inSideView.state, shown.state], [null, null]);
    await undo({ threadId: id });
    assert.deepEqual([surfaces.inSideView.current?.id, shown.current?.id], [id, id]);
    await shown.delete(id);
    assert.equal(surfaces.inSideView.state, null);
    assert.equal(shown.state, null);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
