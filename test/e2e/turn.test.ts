import assert from 'node:assert/strict';
import { fixTask, inDemoWindow, unasked } from './window';

describe('a turn in the Tandem view', () => {
  it('shows preamble, plan, real commands, the failing test, the patch, the passing test and a cited line', () =>
    inDemoWindow({ settings: unasked, paceMs: 10 }, async (window) => {
      await window.openTandem();
      await window.screenshot('empty');
      await window.send(fixTask);
      await window.transcript.getByText(/^I.ll read slug and its test first/).waitFor();
      await window.region('Plan').getByText('See the test fail').waitFor();
      await window.button('Stop').waitFor();
      await window.transcript.getByText('Making the smallest change.').waitFor();
      await window.screenshot('turn-running');
      await window.waitForEnd();

      await window.region('Plan').getByText('4 of 4').waitFor();
      const transcript = await window.readTranscript();
      assert.match(transcript, /expected dark-green-tea, got dark-green tea/);
      assert.match(transcript, /3 passed, 0 failed/);
      assert.match(transcript, /title\.trim\(\)\.toLowerCase\(\)\.replaceAll/);
      assert.match(transcript, /failed before and passes now/);
      await window.screenshot('turn-ended');
      await window.waitForFile('src/slug.js', /replaceAll/);
      await window.waitForFile('notes.md', /replaces every space/);

      await window.cited('src/slug.js:1').click();
      await window.page.getByRole('tab', { name: 'slug.js' }).first().waitFor();
    }));
});
