import assert from 'node:assert/strict';
import { commitPreview, commitStates, draftedMessage } from './commitStates';
import { pageStates } from './states';
import { useViewPage } from './useViewPage';

describe('committing in the view', function () {
  const view = useViewPage();

  const button = (name: string) => view.button(name);
  const changes = () => view.page.getByRole('region', { name: 'Changes' });
  const field = () => view.page.getByRole('textbox', { name: 'Commit message' });

  it('offers nothing of it where the folder is in no repository', async () => {
    const { settings, ...state } = commitStates.partlyAccepted;
    await view.open({ ...state, settings: pageStates.finished.settings });
    await button('Accept all').waitFor();
    assert.equal(await button('Commit accepted').count(), 0);
    assert.equal(await button('Pull request text').count(), 0);
    assert.equal(settings.repository, true);
  });

  it('offers the text of a pull request with the changes, and no commit before something is accepted', async () => {
    const { settings } = commitStates.accepted;
    await view.open({ ...pageStates.finished, settings });
    await button('Pull request text').click();
    assert.deepEqual(await view.askedFor('pullRequest/write'), [{}]);
    assert.equal(await button('Commit accepted').count(), 0);
  });

  it('shows what a commit holds and leaves out, with the drafted message to edit, and makes it', async () => {
    await view.open(commitStates.accepted);
    await changes().getByText('4 files accepted, not committed').waitFor();
    await button('Commit accepted').click();
    await changes().getByText('3 files on main').waitFor();
    assert.match(await changes().innerText(), /Left out: src\/cart\.js has accepted lines among/);
    await view.until(`document.querySelector('.commit-form textarea').value !== ''`);
    assert.equal(await field().inputValue(), draftedMessage);
    assert.deepEqual(await view.askedFor('commit/create'), []);
    await field().fill('fix: mine');
    await button('Commit').click();
    await field().waitFor({ state: 'detached' });
    const { token } = commitPreview;
    assert.deepEqual(await view.askedFor('commit/create'), [{ message: 'fix: mine', token }]);
  });

  it('shows what a hook printed, keeps the message, and tries again', async () => {
    await view.open(commitStates.accepted);
    await view.refuse('commit/create', 'Git did not commit.\n\nlint: 3 problems');
    await button('Commit accepted').click();
    await field().fill('fix: mine');
    await button('Commit').click();
    await view.page.getByRole('alert').getByText('lint: 3 problems').waitFor();
    assert.equal(await field().inputValue(), 'fix: mine');
    await view.refuse('commit/create');
    await button('Commit').click();
    await field().waitFor({ state: 'detached' });
    assert.equal((await view.askedFor('commit/create')).length, 2);
  });

  it('takes the plain message where none could be drafted, and never one the person emptied', async () => {
    await view.open(commitStates.accepted);
    await view.refuse('commit/draft', 'Stopped.');
    await button('Commit accepted').click();
    await view.until(`document.querySelector('.commit-form textarea').value !== ''`);
    assert.equal(await field().inputValue(), commitPreview.message);
    await field().fill('');
    await view.page.locator('.commit-buttons .primary[disabled]').waitFor();
    assert.deepEqual(await view.askedFor('commit/create'), []);
  });

  it('says why nothing can be committed, and closes with Escape', async () => {
    await view.open(commitStates.partlyAccepted);
    await view.refuse('commit/preview', 'A merge is in progress in this repository.');
    await button('Commit accepted').click();
    await view.page.getByRole('alert').getByText('A merge is in progress').waitFor();
    await field().press('Escape');
    await button('Commit accepted').waitFor();
    assert.deepEqual(await view.askedFor('commit/stop'), [{}]);
    assert.deepEqual(await view.askedFor('commit/draft'), []);
  });

  it('opens where it is asked for in the editor, and tells what was committed', async () => {
    await view.open(commitStates.accepted);
    await button('Commit accepted').waitFor();
    await view.page.evaluate(`window.tell('commit/asked', {})`);
    await field().waitFor();
    await view.page.evaluate(
      `window.tell('thread/snapshot', { thread: ${JSON.stringify(commitStates.committed.thread)} })`,
    );
    await button('Cancel the commit').click();
    await changes().getByText('Committed 1a2b3c4 fix(slug): replace every space').waitFor();
    assert.equal(await button('Commit accepted').count(), 0);
  });
});
