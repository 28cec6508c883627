import assert from 'node:assert/strict';
import { functionCall, message, respond } from '../support/scriptedServer';
import { inScriptedWindow, unasked } from './window';

const ask = `read -p 'Your name? ' name; echo "Hello $name"; sleep 30`;

describe('a running command of the agent', () => {
  it('opens as a terminal that a person types into, and goes back to the agent when it is closed', () =>
    inScriptedWindow(
      [
        respond(
          message('I ask for a name.', { phase: 'commentary' }),
          functionCall('exec_command', { cmd: ask, tty: true, yield_time_ms: 30_000 }),
        ),
        respond(message('You did it.')),
      ],
      { settings: unasked },
      async (window, model) => {
        const { page, transcript } = window;
        await window.openTandem();
        await window.send('Ask me.');
        await transcript.getByText('Your name? ', { exact: true }).waitFor();
        assert.equal(await page.locator('.terminal-wrapper').count(), 0, 'nothing opens by itself');

        await transcript.getByRole('button', { name: 'Open terminal' }).click();
        const terminal = page.locator('.terminal-wrapper.active');
        await terminal.locator('.xterm-screen').waitFor();
        await page.waitForTimeout(500);
        await page.keyboard.type('Ada');
        await page.keyboard.press('Enter');
        await transcript.getByText('Hello Ada').first().waitFor();
        await transcript.getByText('You took over the terminal of this command').waitFor();
        await window.screenshot('terminal');

        await window.runCommand('Tandem: End the Command of the Terminal');
        await window.waitForEnd();
        await transcript.getByText('You did it.').waitFor();
        await page.keyboard.press('Enter');
        await terminal.waitFor({ state: 'hidden' });
        const told = model.requests.at(-1)?.raw ?? '';
        assert.match(told, /Hello Ada/);
        assert.match(told, /The person typed into this terminal/);
      },
    ));
});
