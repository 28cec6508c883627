import assert from 'node:assert/strict';
import { message, respond } from '../support/scriptedServer';
import { inScriptedWindow, unasked } from './window';

const script = [
  respond(message('Slugs have dashes.')),
  respond(message('Dots look odd.')),
  respond(message('Underscores are fine.')),
];

describe('threads', () => {
  it('are forked, renamed, searched, archived, exported and deleted', () =>
    inScriptedWindow(script, { settings: unasked }, async (window, server) => {
      const history = window.view.getByRole('dialog', { name: 'Thread history' });
      const row = (title: string) => history.getByRole('group', { name: title, exact: true });
      const press = async (title: string, name: string) => {
        await row(title).hover();
        await row(title).getByRole('button', { name, exact: true }).click();
      };
      await window.openTandem();
      await window.send('What do slugs have?');
      await window.transcript.getByText('Slugs have dashes.').waitFor();
      await window.waitForEnd();
      await window.send('Why no dots?');
      await window.transcript.getByText('Dots look odd.').waitFor();
      await window.waitForEnd();

      // A fork holds what was before the message, which can be said differently.
      await window.transcript.getByText('Why no dots?').hover();
      await window.button('Edit and fork').last().click();
      await window.transcript.getByText('Dots look odd.').waitFor({ state: 'hidden' });
      assert.equal(await window.composer.inputValue(), 'Why no dots?');
      await window.screenshot('forked');
      await window.send('Why no underscores?');
      await window.transcript.getByText('Underscores are fine.').waitFor();
      await window.waitForEnd();
      assert.doesNotMatch(server.requests[2]!.raw, /Why no dots/);

      await window.view.getByRole('button', { name: 'What do slugs have?' }).first().click();
      const title = window.view.getByRole('textbox', { name: 'Title of the thread' });
      await title.fill('On underscores');
      await title.press('Enter');
      await window.button('On underscores').waitFor();

      await window.button('Thread history').click();
      await row('On underscores').waitFor();
      await row('What do slugs have?').waitFor();
      const search = history.getByRole('searchbox', { name: 'Search threads' });
      await search.fill('odd');
      await row('On underscores').waitFor({ state: 'hidden' });
      await history.getByText('Dots look odd.').waitFor();
      await window.screenshot('search');
      await search.fill('');

      await press('What do slugs have?', 'Archive');
      await row('What do slugs have?').waitFor({ state: 'hidden' });
      await window.button('Archived threads (1)').click();
      await press('What do slugs have?', 'Bring back');
      await row('On underscores').waitFor();
      await row('What do slugs have?').waitFor();
      await window.screenshot('history');

      await press('What do slugs have?', 'Delete');
      await row('What do slugs have?').waitFor({ state: 'hidden' });
      await history.getByRole('button', { name: 'Undo' }).click();
      await row('What do slugs have?').waitFor();
      await press('What do slugs have?', 'Delete');
      await row('What do slugs have?').waitFor({ state: 'hidden' });
      await press('On underscores', 'Export');
      await window.editor.getByText('Underscores are fine.').waitFor();
      await window.screenshot('exported');
    }));
});
