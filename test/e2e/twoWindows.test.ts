import assert from 'node:assert/strict';
import { functionCall, message, respond } from '../support/scriptedServer';
import { inScriptedWindow } from './window';

const script = [
  respond(message('Good day.')),
  respond(functionCall('exec_command', { cmd: 'echo once >> made' }, 'c1')),
  respond(message('Made in the other window.')),
  respond(message('Back again.')),
];

describe('two windows on one thread', () => {
  it('one writes and the other reads, until that one takes over, with what waits for an answer', () =>
    inScriptedWindow(
      script,
      { settings: { 'tandem.approvalPolicy': 'untrusted' } },
      async (first, server) => {
        await first.openTandem();
        await first.send('Hello');
        await first.transcript.getByText('Good day.').waitFor();
        await first.waitForEnd();
        await first.send('Make it');
        const asked = first.view.getByRole('group', { name: 'Approval needed' });
        await asked.waitFor();

        const second = await first.another();
        await second.openTandem();
        await second.button('Thread history').click();
        await second.view
          .getByRole('dialog')
          .getByRole('button', { name: /^Hello/ })
          .click();
        await second.transcript.getByText('Good day.').waitFor();
        await second.view.getByText('This thread is open in another window.').waitFor();
        const askedToo = second.view.getByRole('group', { name: 'Approval needed' });
        assert.equal(await askedToo.count(), 0);
        await second.screenshot('read-only');

        await second.button('Take over').click();
        await askedToo.getByText('echo once >> made', { exact: true }).waitFor();
        await second.screenshot('taken-over');
        await askedToo.getByRole('button', { name: 'Approve', exact: true }).click();
        await second.transcript.getByText('Made in the other window.').waitFor();
        await second.waitForEnd();
        assert.equal(await first.readFile('made'), 'once\n');

        // An answer in the window that lost the thread comes too late and runs nothing.
        await asked.getByRole('button', { name: 'Approve', exact: true }).click();
        await first.view.getByText('This thread is open in another window.').waitFor();
        await asked.waitFor({ state: 'hidden' });
        assert.equal(await first.readFile('made'), 'once\n');
        assert.equal(await first.button('Continue').count(), 0);
        await first.screenshot('lost');
        await first.button('Take over').click();
        await first.transcript.getByText('Made in the other window.').waitFor();
        await first.send('And now?');
        await first.transcript.getByText('Back again.').waitFor();
        await first.waitForEnd();
        assert.equal(server.requests.length, 4);
      },
    ));
});
