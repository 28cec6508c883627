import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { functionCall, message, respond } from '../support/scriptedServer';
import { inScriptedWindow, unasked } from './window';

const question = {
  id: 'store',
  header: 'Store',
  question: 'Where are the slugs to be kept?',
  options: [
    { label: 'In memory', description: 'Lost at a restart.' },
    { label: 'In a file', description: 'Kept.' },
  ],
};
const script = [
  respond(functionCall('request_user_input', { questions: [question] }, 'c1')),
  respond(message('1. Write a cache\n2. Rewrite everything')),
  respond(message('1. Write a cache')),
  respond(functionCall('exec_command', { cmd: 'echo cached > made' }, 'c2')),
  respond(message('The cache is written.')),
];

describe('mode plan', () => {
  it('asks, proposes, thinks again, and carries out the plan as the person left it', () =>
    inScriptedWindow(script, { settings: unasked }, async (window, server) => {
      const request = (index: number) => server.requests[index]!;
      const mode = window.view.getByRole('combobox', { name: 'Mode', exact: true });
      const plans = window.view.getByRole('group', { name: 'Proposed plan' });
      await window.openTandem();
      await mode.click();
      await mode.getByRole('option', { name: 'Plan' }).click();
      await window.send('Remember slugs');

      const asked = window.view.getByRole('group', { name: 'Question', exact: true });
      await asked.getByText(question.question).waitFor();
      await window.screenshot('question');
      await asked.getByRole('radio', { name: /In a file/ }).check();
      await window.button('Answer').click();
      await plans.getByText('Rewrite everything').waitFor();
      assert.match(request(1).outputOf('c1')!, /In a file/);
      await window.screenshot('plan-proposed');

      await window.button('Send back').click();
      await window.view
        .getByRole('textbox', { name: 'Remarks on the plan' })
        .fill('Only the cache');
      await window.button('Send back').click();
      await plans.nth(1).waitFor();
      assert.match(request(2).raw, /Only the cache/);
      assert.equal(await mode.getAttribute('current-value'), 'plan');
      assert.equal(existsSync(join(window.folder, 'made')), false);

      await window.button('Edit plan').click();
      const text = window.view.getByRole('textbox', { name: 'Plan text' });
      await text.fill('1. Write a small cache');
      await window.screenshot('plan-edited');
      await window.button('Approve plan').click();
      await window.transcript.getByText('The cache is written.').waitFor();
      await window.waitForEnd();
      assert.match(request(3).raw, /Carry out this plan:\\n\\n1\. Write a small cache/);
      assert.equal(await window.readFile('made'), 'cached\n');
      await mode.and(window.view.locator('[current-value=agent]')).waitFor();
      await window.screenshot('plan-carried-out');
    }));
});
