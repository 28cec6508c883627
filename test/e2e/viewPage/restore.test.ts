import assert from 'node:assert/strict';
import { restoreStates } from './restoreStates';
import { pageStates } from './states';
import { useViewPage } from './useViewPage';

describe('going back in the view', function () {
  const view = useViewPage();

  const button = (name: string | RegExp) => view.page.getByRole('button', { name, exact: true });
  const dialog = () => view.page.getByRole('dialog', { name: 'Restore' });
  const message = () => view.page.getByRole('textbox', { name: 'Message Tandem' });
  const checkpoint = { turnId: 'turn-1' };

  it('shows what would happen before anything does', async () => {
    await view.open(restoreStates.restorable);
    await button('Restore to here').click();
    const rows = dialog().getByRole('listitem');
    await rows.first().waitFor();
    assert.deepEqual(await view.lastAsked(), {
      name: 'checkpoint/preview',
      params: { checkpoint },
    });
    assert.deepEqual(
      (await rows.all()).length,
      restoreStates.restorable.answers['checkpoint/preview'].files.length,
    );
    const text = await dialog().innerText();
    assert.match(text, /You changed the same lines since: yours stays/);
    assert.match(text, /no longer kept/);
    assert.match(text, /your later edits stay/);
    assert.match(text, /Is removed again/);
    assert.match(text, /1 turn would go/);
    await view.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    assert.equal((await view.lastAsked()).name, 'checkpoint/preview');
  });

  it('restores both and puts what was said back into the composer', async () => {
    await view.open(restoreStates.restorable);
    await message().fill('draft');
    await button('Restore to here').click();
    await button('Take the earlier text in notes.md').click();
    await button('Both: restore files and conversation').click();
    await dialog().waitFor({ state: 'detached' });
    assert.deepEqual(await view.lastAsked(), {
      name: 'checkpoint/restore',
      params: { checkpoint, scope: 'both', takeCheckpoint: ['notes.md'] },
    });
    assert.equal(await message().inputValue(), 'Fix slug()\n\ndraft');
  });

  it('opens both texts of a conflict side by side, and keeps mine unless told otherwise', async () => {
    await view.open(restoreStates.restorable);
    await button('Restore to here').click();
    await button('Compare notes.md').click();
    const params = { checkpoint, path: 'notes.md' };
    assert.deepEqual(await view.lastAsked(), { name: 'checkpoint/compare', params });
    await button('Take the earlier text in notes.md').click();
    await button('Keep mine in notes.md').click();
    await button('Files: restore them').click();
    await dialog().waitFor({ state: 'detached' });
    assert.deepEqual(await view.lastAsked(), {
      name: 'checkpoint/restore',
      params: { checkpoint, scope: 'files', takeCheckpoint: [] },
    });
  });

  it('goes back to before a command, files only', async () => {
    await view.open(restoreStates.restorableCommand);
    await view.page.getByRole('button', { name: /^Changed 2 files, ran 2 commands/ }).click();
    const card = view.page.locator('.card.command', { hasText: "sed -i 's/first/every/'" });
    await card.getByRole('button', { name: 'Restore to here' }).click();
    await dialog().getByRole('listitem').first().waitFor();
    assert.equal(await button(/^Both/).count(), 0);
    await button('Files: restore them').click();
    assert.deepEqual(await view.lastAsked(), {
      name: 'checkpoint/restore',
      params: {
        checkpoint: { turnId: 'turn-1', itemId: 'c5' },
        scope: 'files',
        takeCheckpoint: [],
      },
    });
  });

  it('says what was restored and takes it back', async () => {
    await view.open(restoreStates.restoredBoth);
    const line = view.page.getByRole('region', { name: 'Restored' });
    assert.match(
      await line.innerText(),
      /Files and conversation restored · 2 files · left as they are: notes\.md/,
    );
    await button('Undo restore').click();
    const params = { restoreId: 'restore-1' };
    assert.deepEqual(await view.lastAsked(), { name: 'checkpoint/undo', params });
  });

  it('offers nothing while a turn runs or where another window owns the thread', async () => {
    await view.open(pageStates.running);
    assert.equal(await button('Restore to here').count(), 0);
    await view.page.close();
    await view.open({ ...restoreStates.restorable, readOnly: true });
    assert.equal(await button('Restore to here').count(), 0);
  });

  it('shows the checkpoint that was picked in the editor', async () => {
    await view.open(restoreStates.restorable);
    await view.page.evaluate(`window.tell('checkpoint/chosen', ${JSON.stringify({ checkpoint })})`);
    await dialog().getByRole('listitem').first().waitFor();
  });

  it('tells why where the host refuses', async () => {
    await view.open(restoreStates.restorable);
    await view.refuse('checkpoint/preview', 'It was already taken back.');
    await button('Restore to here').click();
    await view.page.getByText('It was already taken back.').first().waitFor();
    assert.equal(await dialog().count(), 0);
  });

  for (const width of [220, 400, 900]) {
    it(`keeps every word and button in view at ${width} pixels`, async () => {
      await view.open(restoreStates.restorable, { width });
      await button('Restore to here').click();
      await dialog().getByRole('listitem').first().waitFor();
      const wide = await view.page.evaluate<boolean>(
        'document.documentElement.scrollWidth > document.documentElement.clientWidth',
      );
      assert.equal(wide, false);
      for (const name of [/^Files/, /^Conversation/, /^Both/, 'Cancel']) {
        const box = await button(name).boundingBox();
        assert.ok(box && box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 760);
      }
    });
  }
});
