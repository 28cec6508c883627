import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from '../support/host/workbench';
import { customCall, message, respond, type ScriptedServer } from '../support/scriptedServer';
import { inScriptedWindow, unasked } from './window';

const task = 'Count louder.';

const numbers = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
const names = 'first\nsecond\nthird\n';

/** As the agent leaves them, and as they are with what the person wrote then. */
const louder = numbers.replace('two', 'TWO');
const [mergedNumbers, mineInBoth] = [numbers, louder].map((text) =>
  text.replace('six', 'mine six'),
) as [string, string];
const mineNames = names.replace('second', 'my SECOND');

const patch = [
  ...['*** Begin Patch', '*** Update File: numbers.txt', '@@', '-two', '+TWO'],
  ...['*** Update File: names.txt', '@@', '-second', '+SECOND', '*** End Patch'],
].join('\n');

const options = {
  settings: { ...unasked, 'tandem.model': 'gpt-5.5', 'files.autoSave': 'off' },
  height: 900,
  prepare: async (folder: string) => {
    await writeFile(join(folder, 'numbers.txt'), numbers);
    await writeFile(join(folder, 'names.txt'), names);
  },
};

const firstTurn = [
  respond(customCall('apply_patch', patch, 'c1')),
  respond(message('Done, it shouts.')),
];

/** The agent edits both files; then the person writes elsewhere in one of them and in the same line of the other. */
async function editBoth(window: Workbench): Promise<void> {
  await window.openTandem();
  await window.send(task);
  await window.waitForEnd();
  await typeAt(window, 'numbers.txt', 6, 'mine ');
  await typeAt(window, 'names.txt', 2, 'my ');
  await window.waitForFile('numbers.txt', mineInBoth);
  await window.waitForFile('names.txt', mineNames);
}

async function typeAt(window: Workbench, path: string, line: number, text: string): Promise<void> {
  await window.openFile(path, line);
  await window.page.keyboard.press('Home');
  await window.page.keyboard.type(text);
  await window.page.keyboard.press('Control+s');
}

/** Opens what going back to before the first message would do. */
async function openPreview(window: Workbench) {
  await window.transcript.getByText(task).hover();
  await window.button('Restore to here').first().click();
  const panel = window.view.getByRole('dialog', { name: 'Restore' });
  await panel.getByRole('list', { name: 'Files that go back' }).waitFor();
  return panel;
}

async function holds(window: Workbench, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await window.waitForFile(path, text);
}

/** The text in the active editor. */
async function bufferOf(window: Workbench): Promise<string> {
  const lines = await window.editor.locator('.view-line').evaluateAll((found) =>
    found
      .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replace(/\u00a0/g, ' ')),
  );
  return lines.join('\n');
}

async function untilBuffer(window: Workbench, text: string): Promise<void> {
  for (let waited = 0; waited < 10_000 && (await bufferOf(window)) !== text; waited += 100) {
    await window.page.waitForTimeout(100);
  }
  assert.equal(await bufferOf(window), text);
}

function lastInput(server: ScriptedServer): string {
  return JSON.stringify(server.requests.at(-1)?.body.input);
}

describe('restoring a checkpoint in the window', () => {
  it('shows first what it does, keeps the later edits of the person, and can be undone in two ways', () =>
    inScriptedWindow(
      [...firstTurn, respond(message('I see.'))],
      options,
      async (window, server) => {
        await editBoth(window);
        const panel = await openPreview(window);
        await panel.getByText('Goes back; your later edits stay').waitFor();
        await panel.getByText('You changed the same lines since: yours stays').waitFor();
        await window.screenshot('restore-preview');
        await holds(window, { 'numbers.txt': mineInBoth, 'names.txt': mineNames });

        await panel.getByRole('button', { name: 'Files: restore them' }).click();
        const line = window.region('Restored');
        await line.getByText(/Files restored · 1 file · left as they are: names\.txt/).waitFor();
        await holds(window, { 'numbers.txt': mergedNumbers, 'names.txt': mineNames });

        // In the editor it is one step, above what the person typed.
        await window.openFile('numbers.txt');
        await untilBuffer(window, mergedNumbers);
        await window.page.keyboard.press('Control+z');
        await untilBuffer(window, mineInBoth);
        await window.page.keyboard.press('Control+y');
        await untilBuffer(window, mergedNumbers);
        await window.page.keyboard.press('Control+s');

        await line.getByRole('button', { name: 'Undo restore' }).click();
        await line.waitFor({ state: 'hidden' });
        await holds(window, { 'numbers.txt': mineInBoth, 'names.txt': mineNames });
        await untilBuffer(window, mineInBoth);
        await window.region('Changes').getByText('2 files').waitFor();

        const again = await openPreview(window);
        await again.getByRole('button', { name: 'Files: restore them' }).click();
        await line.waitFor();
        await holds(window, { 'numbers.txt': mergedNumbers });
        await window.send('What now?');
        await window.waitForEnd();
        const told =
          /back to an earlier state[^<]*\\nnumbers\.txt\\n[^<]*stay as they are:\\nnames\.txt/;
        assert.match(lastInput(server), told);
        assert.match(lastInput(server), /Count louder/);
      },
    ));

  it('takes the earlier text of a conflict where the person says so, and the conversation with it', () =>
    inScriptedWindow([...firstTurn, respond(message('Anew.'))], options, async (window, server) => {
      await editBoth(window);
      const panel = await openPreview(window);
      await panel.getByText('In the conversation, 1 turn would go.').waitFor();
      await panel.getByRole('button', { name: 'Take the earlier text in names.txt' }).click();
      await panel.getByText('the earlier text is taken').waitFor();
      await panel.getByRole('button', { name: /^Both/ }).click();
      await holds(window, { 'numbers.txt': mergedNumbers, 'names.txt': names });
      await window.transcript.getByText('Done, it shouts.').waitFor({ state: 'hidden' });
      assert.equal(await window.composer.inputValue(), task);

      const line = window.region('Restored');
      await line.getByRole('button', { name: 'Undo restore' }).click();
      await window.transcript.getByText('Done, it shouts.').waitFor();
      await holds(window, { 'numbers.txt': mineInBoth, 'names.txt': mineNames });

      const again = await openPreview(window);
      await again.getByRole('button', { name: /^Conversation/ }).click();
      await window.transcript.getByText('Done, it shouts.').waitFor({ state: 'hidden' });
      await holds(window, { 'numbers.txt': mineInBoth, 'names.txt': mineNames });
      await window.send('Something else.');
      await window.waitForEnd();
      const input = lastInput(server);
      assert.match(input, /Something else/);
      assert.doesNotMatch(input, /Count louder|it shouts|apply_patch_call|\+TWO/);
    }));
});
