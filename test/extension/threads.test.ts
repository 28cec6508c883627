import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createJournalStore } from '../../src/adapters/journal/journalStore';
import { openExport } from '../../src/extension/openExport';
import type { ThreadEventBody } from '../../src/protocol/events';
import { noUsage } from '../../src/protocol/usage';
import { tandemHost, until, workspaceFolder } from './tandemHost';

describe('threads in a window', () => {
  it('reads what another window owns, takes it over when asked, and exports it', async () => {
    const folder = process.env['TANDEM_HOME'];
    assert.ok(folder, 'the window under test has a state folder of its own');
    const host = await tandemHost();
    const context = host.settings.turnContext(workspaceFolder());
    const threadId = `other-window-${Date.now()}`;
    const input = { text: 'Said in the other window', attachments: [] };
    const other = createJournalStore({ folder }).create(threadId);
    const bodies: ThreadEventBody[] = [
      { type: 'thread.started', cwd: workspaceFolder() },
      { type: 'thread.renamed', title: 'Elsewhere' },
      { type: 'turn.started', turnId: 'one', input, context },
      { type: 'turn.completed', turnId: 'one', usage: noUsage },
    ];
    other.append(bodies.map((body, index) => ({ seq: index + 1, at: index, threadId, ...body })));
    try {
      await host.shown.open(threadId);
      assert.equal(host.shown.readOnly, true);
      assert.equal(host.shown.state?.title, 'Elsewhere');
      await host.shown.takeOver();
      assert.equal(host.shown.readOnly, false);
      assert.equal(other.isHeld(), false);

      await openExport(host.shown, threadId, 'markdown');
      const document = await until(() => {
        const shown = vscode.window.activeTextEditor?.document;
        return shown?.isUntitled && shown.languageId === 'markdown' ? shown : undefined;
      });
      assert.match(document.getText(), /^# Elsewhere\n/);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    } finally {
      other.close();
      await host.shown.delete(threadId);
    }
    assert.equal(host.shown.state, null);
  });
});
