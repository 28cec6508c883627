import assert from 'node:assert/strict';
import { fixTask, inDemoWindow, unasked } from './window';

describe('stopping and reloading', () => {
  it('keeps the thread, its plan and its pending changes, and goes on', () =>
    inDemoWindow({ settings: unasked, paceMs: 15 }, async (window) => {
      const original = await window.readFile('src/slug.js');
      await window.openTandem();
      await window.send(fixTask);
      await window.transcript
        .getByText('`notes.md` still warns')
        .or(window.transcript.getByText('notes.md still warns'))
        .first()
        .waitFor();
      await window.button('Stop').click();
      await window.waitForEnd();
      await window
        .region('Changes')
        .getByText('src/slug.js')
        .or(window.region('Changes').getByText('slug.js'))
        .first()
        .waitFor();

      await window.load();
      await window.openTandem();
      await window.transcript.getByText(fixTask).waitFor();
      await window.transcript.getByText('Making the smallest change.').waitFor();
      await window.region('Plan').waitFor();
      await window.screenshot('reloaded');

      await window.send('Explain how this project is built');
      await window.transcript.getByText(/It has no dependencies and no build step/).waitFor();
      await window.waitForEnd();
      assert.match(await window.readFile('src/slug.js'), /replaceAll/);
      await window.button('Reject all').click();
      await window.waitForFile('src/slug.js', original);
    }));
});
