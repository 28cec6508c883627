import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Workbench } from '../support/host/workbench';
import { fixTask, inDemoWindow } from './window';

describe('the whole job by keyboard alone', () => {
  it('asks, approves, and accepts one file in the panel and the other in the editor', () =>
    inDemoWindow({ settings: { 'tandem.approvalPolicy': 'untrusted' } }, async (window) => {
      const { keyboard } = window.page;
      await takeCommand(window, 'Tandem: Focus the Message Box');
      await waitForFocus(window.composer);
      await keyboard.type(fixTask);
      await keyboard.press('Enter');

      for (const command of ['node test.js', 'sed -i', 'node test.js']) {
        const question = window.view.getByRole('group', { name: 'Approval needed' });
        await question.getByText(command).first().waitFor();
        const approve = question.getByRole('button', { name: 'Approve', exact: true });
        await goTo(window, approve, 'Shift+Tab');
        await pressUntilGone(window, question.getByText(command).first(), 'Enter');
      }
      await window.waitForEnd();
      await window.transcript.getByText('node test.js passes now.').waitFor();

      const changed = window.region('Changes').getByRole('treeitem');
      await goTo(window, changed.filter({ hasText: 'notes.md' }).first(), 'Tab', 'ArrowDown');
      await keyboard.press('a');
      await changed.filter({ hasText: 'notes.md' }).first().waitFor({ state: 'hidden' });

      await takeCommand(window, 'Tandem: Go to Next Hunk');
      await window.page.getByRole('tab', { name: 'slug.js' }).first().waitFor();
      await waitForFocus(window.editor.getByRole('textbox').first());
      await keyboard.press('Alt+y');
      await window.region('Changes').waitFor({ state: 'hidden' });
      assert.match(await window.readFile('src/slug.js'), /replaceAll/);
      assert.match(await window.readFile('notes.md'), /replaces every space/);
    }));
});

/** Takes a command from the palette as who has no mouse does. */
async function takeCommand(window: Workbench, title: string): Promise<void> {
  await window.page.keyboard.press('F1');
  const prompt = { name: /Type the name of a command/ };
  const input = window.page
    .getByRole('textbox', prompt)
    .or(window.page.getByRole('combobox', prompt));
  await input.waitFor();
  await input.fill(`>${title}`);
  await window.page.getByRole('option', { name: title }).first().waitFor();
  await window.page.keyboard.press('Enter');
}

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

/** An approval takes no answer in its first moment. */
async function pressUntilGone(window: Workbench, gone: Locator, key: string): Promise<void> {
  for (let presses = 0; presses < 20 && (await gone.isVisible()); presses++) {
    await window.page.keyboard.press(key);
    await gone.waitFor({ state: 'hidden', timeout: 500 }).catch(() => {});
  }
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
