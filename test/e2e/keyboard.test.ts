import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Workbench } from '../support/host/workbench';
import { fixTask, inDemoWindow } from './window';

describe('the whole job by keyboard alone', () => {
  it('asks, approves, and accepts one file in the panel and the other in the editor', () =>
    inDemoWindow({ settings: { 'tandem.approvalPolicy': 'untrusted' } }, async (window) => {
      const { keyboard } = window.page;
      await window.page
        .getByRole('tab', { name: /^Tandem/ })
        .first()
        .waitFor();
      await pressUntil(window, 'Alt+j', () => window.composer.isVisible());
      await waitForFocus(window.composer);
      await keyboard.type(fixTask);
      await keyboard.press('Enter');

      for (const command of ['node test.js', 'sed -i', 'node test.js']) {
        const question = window.view.getByRole('group', { name: 'Approval needed' });
        await question.getByText(command).first().waitFor();
        const approve = question.getByRole('button', { name: 'Approve', exact: true });
        await goTo(window, approve, 'Shift+Tab');
        // An approval takes no answer in its first moment.
        const asked = question.getByText(command).first();
        await pressUntil(window, 'Enter', async () => !(await asked.isVisible()));
      }
      await window.waitForEnd();

      const changed = window.region('Changes').getByRole('treeitem');
      await goTo(window, changed.filter({ hasText: 'notes.md' }).first(), 'Tab', 'ArrowDown');
      await keyboard.press('a');
      await changed.filter({ hasText: 'notes.md' }).first().waitFor({ state: 'hidden' });

      await keyboard.press('Alt+F6');
      await window.page.getByRole('tab', { name: 'slug.js' }).first().waitFor();
      await waitForFocus(window.editor.getByRole('textbox').first());
      const changes = window.region('Changes');
      await pressUntil(window, 'Alt+y', async () => !(await changes.isVisible()));
      assert.equal(await changes.isVisible(), false, 'every change is settled');
      assert.match(await window.readFile('src/slug.js'), /replaceAll/);
      assert.match(await window.readFile('notes.md'), /replaces every space/);
    }));
});

/** Presses `step` until `target` has the focus, and `inside` where a list has it that `target` is part of. */
async function goTo(
  window: Workbench,
  target: Locator,
  step: 'Tab' | 'Shift+Tab',
  inside?: 'ArrowDown',
): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await hasFocus(target)) return;
    const inList = inside && (await window.view.locator('[role=treeitem]:focus').count()) > 0;
    await window.page.keyboard.press(inList ? inside : step);
  }
  assert.fail('the keyboard does not get there');
}

/** Presses a key now and then until what it is for has come; fails where it does not come. */
async function pressUntil(
  window: Workbench,
  key: string,
  hasCome: () => Promise<boolean>,
): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await hasCome()) return;
    await window.page.keyboard.press(key);
    await window.page.waitForTimeout(500);
  }
  assert.ok(await hasCome(), `${key} does what it is for`);
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element: { matches(selector: string): boolean }) =>
    element.matches(':focus, :focus-within'),
  );
}

async function waitForFocus(target: Locator): Promise<void> {
  for (let tries = 0; tries < 100 && !(await hasFocus(target)); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(await hasFocus(target), 'it has the focus');
}
