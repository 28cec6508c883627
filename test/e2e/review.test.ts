import assert from 'node:assert/strict';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fixTask, inDemoWindow, unasked } from './window';

const dark = { 'workbench.colorTheme': 'Default Dark Modern' };

describe('reviewing what a turn changed', () => {
  it('accepts and rejects hunks in the editor and in the panel, byte for byte', () =>
    inDemoWindow({ settings: { ...unasked, ...dark }, height: 860 }, async (window) => {
      const before = {
        slug: await window.readFile('src/slug.js'),
        notes: await window.readFile('notes.md'),
      };
      await window.openTandem();
      await window.widenSideBar(90);
      await window.send(fixTask);
      await window.waitForEnd();
      const changes = window.region('Changes');
      await changes.getByText('2 files').waitFor();
      assert.match(await changes.innerText(), /notes\.md[^]*sed/);

      // The editor: marks, CodeLens, and the removed lines in the gutter's peek.
      await window.button('Open src/slug.js').click();
      await window.lens('Accept').waitFor();
      await window.lens('Compare').waitFor();
      await window.lens('1 line removed').waitFor();
      await window.runCommand('Show Next Change');
      const peek = window.page.locator('.zone-widget');
      await peek.getByText(/1 of 1 change/).waitFor();
      await window.screenshot('review');
      await keepForReadme();
      await window.page.keyboard.press('Escape');

      // What a shell command changed is rejected like any other change.
      await window.button('Open notes.md').click();
      await window.page.getByRole('tab', { name: 'notes.md' }).first().waitFor();
      await window.lens('Reject').click();
      await window.waitForFile('notes.md', before.notes);
      await changes.getByText('1 file').waitFor();

      // The panel: one hunk, then everything.
      await window.button('Reject hunk 1 of src/slug.js').click();
      await window.waitForFile('src/slug.js', before.slug);
      await changes.waitFor({ state: 'hidden' });
      await window.send(fixTask);
      await window.waitForEnd();
      await window.button('Accept hunk 1 of src/slug.js').click();
      await changes.getByText('1 file').waitFor();
      await window.button('Accept all').click();
      await changes.waitFor({ state: 'hidden' });
      assert.match(await window.readFile('src/slug.js'), /replaceAll/);
      assert.match(await window.readFile('notes.md'), /replaces every space/);
    }));
});

/** The README shows what the tests saw; renewing it is asked for, so that runs leave the clone as it was. */
async function keepForReadme(): Promise<void> {
  if (process.env['TANDEM_UPDATE_SCREENSHOT'] !== '1') return;
  await mkdir('media', { recursive: true });
  await copyFile(join('out', 'screenshots', 'review.png'), join('media', 'screenshot.png'));
}
