import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countProcesses } from '../support/countProcesses';
import type { Workbench } from '../support/host/workbench';
import { functionCall, message, respond } from '../support/scriptedServer';
import { inScriptedWindow } from './window';

/** Nothing else on the machine sleeps so long. */
const seconds = `${300_000 + process.pid}`;

const script = [
  respond(functionCall('exec_command', { cmd: `echo begun > begun; sleep ${seconds}` }, 'c1')),
  respond(functionCall('exec_command', { cmd: 'echo ran >> made' }, 'c2')),
  respond(message('It is made.')),
];

describe('reloading the window while the agent is busy', () => {
  it('leaves no process behind, asks again what was asked, and goes on from the answer', () =>
    inScriptedWindow(
      script,
      { settings: { 'tandem.approvalPolicy': 'untrusted' } },
      async (window) => {
        const question = window.view.getByRole('group', { name: 'Approval needed' });
        const approve = question.getByRole('button', { name: 'Approve', exact: true });
        await writeFile(join(window.folder, 'begun'), '');
        await window.openTandem();

        await window.send('Wait for it');
        await approve.click();
        await window.waitForFile('begun', /begun/);
        await waitUntil(window, sleeps);
        await window.load();
        await waitUntil(window, () => !sleeps());
        await window.openTandem();
        await window.transcript.getByText('Wait for it').waitFor();
        await window.transcript.getByText(/Stopped when the editor was closed/).waitFor();
        await window.waitForEnd();
        await window.screenshot('reloaded-while-running');

        await window.send('Make it');
        await question.getByText('echo ran >> made', { exact: true }).waitFor();
        await window.load();
        await window.openTandem();
        await question.getByText('echo ran >> made', { exact: true }).waitFor();
        await window.button('Stop').waitFor();
        assert.equal(existsSync(join(window.folder, 'made')), false);
        await window.screenshot('reloaded-while-asked');
        await approve.click();
        await window.transcript.getByText('It is made.').waitFor();
        await window.waitForEnd();
        assert.equal(await window.readFile('made'), 'ran\n');
      },
    ));
});

/** Looked for from outside: inside the sandbox processes have other numbers. */
const sleeps = () => countProcesses(`sleep\0${seconds}\0`) > 0;

async function waitUntil(window: Workbench, is: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!is()) {
    assert.ok(Date.now() < deadline, 'in time');
    await window.page.waitForTimeout(100);
  }
}
