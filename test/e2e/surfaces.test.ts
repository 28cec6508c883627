import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import type { Workbench } from '../support/host/workbench';
import { message, respond } from '../support/scriptedServer';
import { inScriptedWindow } from './window';

/** The page of a surface, by the part of the window that it lies over. */
async function pageIn(window: Workbench, part: string): Promise<FrameLocator> {
  const { page } = window;
  for (;;) {
    const target = await page.locator(part).boundingBox();
    for (const frame of await page.locator('iframe.webview.ready').all()) {
      const box = await frame.boundingBox();
      if (!box || !target) continue;
      const middle = box.x + box.width / 2;
      if (middle < target.x || middle > target.x + target.width) continue;
      return frame.contentFrame().frameLocator('iframe[title]');
    }
    await page.waitForTimeout(100);
  }
}

describe('a thread', () => {
  it('is open as an editor tab beside the view, in step with it, and comes back after a reload', () =>
    inScriptedWindow(
      () => respond(message('One answer.')),
      {},
      async (window) => {
        const { page } = window;
        await window.openTandem();
        await window.send('First question.');
        await window.waitForEnd();
        await window.runCommand('Tandem: Open Thread in Editor');
        const inEditor = async () => pageIn(window, '.part.editor');
        const inSideBar = async () => pageIn(window, '.part.sidebar');
        const tab = await inEditor();
        await tab.getByText('First question.').first().waitFor();
        await tab.getByRole('textbox', { name: 'Message Tandem' }).fill('Second question.');
        await tab.getByRole('button', { name: 'Send' }).click();
        await (await inSideBar()).getByRole('log').getByText('Second question.').waitFor();
        await window.screenshot('thread-in-editor');

        await (await inSideBar()).getByRole('button', { name: 'New thread' }).click();
        await (await inSideBar()).getByRole('heading', { name: 'New thread' }).waitFor();
        await tab.getByRole('log').getByText('Second question.').waitFor();

        // VS Code in a browser stores what changed every five seconds.
        await page.waitForTimeout(6000);
        await window.load();
        const again = await inEditor();
        await again.getByRole('log').getByText('Second question.').waitFor();
        assert.equal(await page.getByRole('tab', { name: /First question/ }).count(), 1);
      },
    ));

  it('moves with the view to the secondary side bar and back, when the person says so', () =>
    inScriptedWindow(
      () => respond(message('One answer.')),
      {},
      async (window) => {
        const { page } = window;
        await window.openTandem();
        await window.runCommand('Tandem: Move to Secondary Side Bar');
        const secondary = page.locator('.part.auxiliarybar');
        await secondary.getByText('Tandem').first().waitFor();
        await window.composer.waitFor();
        await window.send('Here?');
        await window.waitForEnd();
        await window.screenshot('secondary-side-bar');
        await window.runCommand('Tandem: Move Back to Side Bar');
        await page.locator('.part.sidebar .composite.title', { hasText: 'Tandem' }).waitFor();
        await window.transcript.getByText('Here?').waitFor();
      },
    ));
});
