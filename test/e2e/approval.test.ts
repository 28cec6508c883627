import assert from 'node:assert/strict';
import { fixTask, inDemoWindow } from './window';

describe('approvals under the policy untrusted', () => {
  it('ask before a command that does more than read; Deny tells the model and the turn goes on', () =>
    inDemoWindow({ settings: { 'tandem.approvalPolicy': 'untrusted' } }, async (window) => {
      await window.openTandem();
      await window.send(fixTask);
      const question = window.view.getByRole('group', { name: 'Approval needed' });
      await question.getByText('node test.js', { exact: true }).waitFor();
      await window.screenshot('approval');
      await question.getByRole('button', { name: 'Deny' }).click();

      await question.getByText('sed -i').first().waitFor();
      assert.match(await window.readFile('notes.md'), /first space only/);
      await question.getByRole('button', { name: 'Approve', exact: true }).click();

      await question.getByText('node test.js', { exact: true }).waitFor();
      await question.getByRole('button', { name: 'Approve', exact: true }).click();
      await window.waitForEnd();
      await window.transcript.getByText('node test.js passes now.').waitFor();
      await window.transcript.getByText('I could not run the test').waitFor();
      assert.match(await window.readFile('notes.md'), /replaces every space/);
      assert.match(await window.readFile('src/slug.js'), /replaceAll/);
    }));
});
