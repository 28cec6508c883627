import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { functionCall, message, respond } from '../support/scriptedServer';
import { inScriptedWindow, unasked } from './window';

const script = [
  respond(functionCall('exec_command', { cmd: 'until [ -e go ]; do sleep 0.05; done' }, 'c1')),
  respond(message('The first part is done.')),
  respond(message('And the rest.')),
];

describe('what the person says while the agent works', () => {
  it('steers the turn or waits for the next one, and can be edited and removed until then', () =>
    inScriptedWindow(script, { settings: unasked }, async (window, server) => {
      await window.openTandem();
      await window.send('Begin');
      const waiting = window.region('Queued messages');
      const say = async (text: string, button: 'Steer' | 'Queue') => {
        await window.composer.fill(text);
        await window.button(button).click();
        await waiting.getByText(text).waitFor();
      };
      await say('Mind the umlauts', 'Steer');
      await say('Then the docs', 'Queue');
      await say('Never mind', 'Queue');
      await window.button('Edit message 2').click();
      const edited = waiting.getByRole('textbox', { name: 'Message 2' });
      await edited.fill('Then the changelog');
      await edited.press('Enter');
      await waiting.getByText('Then the changelog').waitFor();
      await window.button('Remove message 3').click();
      await waiting.getByText('Never mind').waitFor({ state: 'hidden' });
      await window.screenshot('waiting');

      await writeFile(join(window.folder, 'go'), '');
      await window.transcript.getByText('And the rest.').waitFor();
      await window.waitForEnd();
      await waiting.waitFor({ state: 'hidden' });
      await window.screenshot('waiting-said');
      const [, second, third] = server.requests.map(({ raw }) => raw);
      assert.match(second!, /Mind the umlauts/);
      assert.doesNotMatch(second!, /Then the/);
      assert.match(third!, /Then the changelog/);
      assert.doesNotMatch(third!, /Then the docs|Never mind/);
      const transcript = await window.transcript.innerText();
      assert.match(transcript, /Begin[^]*Mind the umlauts[^]*first part[^]*changelog[^]*the rest/);
    }));
});
