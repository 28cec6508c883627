import assert from 'node:assert/strict';
import { pageStates } from './states';
import { useViewPage } from './useViewPage';
import { threadStates } from './threadStates';

describe('threads in the view', function () {
  const view = useViewPage();

  const button = (name: string) => view.button(name);
  const message = () => view.page.getByRole('textbox', { name: 'Message Tandem' });
  const row = (name: string) => view.page.getByRole('group', { name, exact: true });
  const history = () => view.page.getByRole('dialog', { name: 'Thread history' });
  async function openHistory(): Promise<void> {
    await button('Thread history').click();
    await row('Upgrade the test runner').waitFor();
  }

  it('brings a message back for editing in a fork, before what was being written', async () => {
    await view.open(threadStates.forked);
    await message().fill('half a thought');
    await view.page.locator('.user-message').first().hover();
    await button('Edit and fork').first().click();
    await view.until(`document.querySelector('textarea').value.includes('\\n')`);
    assert.equal(await message().inputValue(), 'Fix the slug\n\nhalf a thought');
    assert.deepEqual(await view.askedFor('thread/fork'), [
      { threadId: 'thread-1', turnId: 'turn-1' },
    ]);
    assert.equal(await view.page.evaluate('document.activeElement.tagName'), 'TEXTAREA');
  });

  it('says that another window has the thread, sends nothing, and takes it over', async () => {
    await view.open(threadStates.elsewhere);
    await view.page.getByText('This thread is open in another window.').waitFor();
    assert.equal(await view.page.getByRole('region', { name: 'Changes' }).count(), 0);
    assert.equal(await button('Stop').count(), 0);
    await message().fill('go on');
    await message().press('Enter');
    assert.deepEqual(await view.askedFor('turn/start'), []);
    await button('Take over').click();
    assert.deepEqual(await view.askedFor('thread/takeOver'), [{}]);
    await view.page.evaluate(
      `window.tell('thread/snapshot', { thread: ${JSON.stringify(threadStates.elsewhere.thread)} })`,
    );
    await view.page
      .getByText('This thread is open in another window.')
      .waitFor({ state: 'detached' });
    await view.page.getByRole('region', { name: 'Changes' }).waitFor();
    await message().press('Enter');
    assert.equal((await view.askedFor('turn/start')).length, 1);
  });

  it('renames the thread by its title, and keeps the old one on Escape', async () => {
    await view.open(pageStates.finished);
    const title = view.page.getByRole('textbox', { name: 'Title of the thread' });
    await view.page.locator('.title-button').click();
    await title.fill('No');
    await title.press('Escape');
    assert.deepEqual(await view.askedFor('thread/rename'), []);
    await view.page.locator('.title-button').click();
    await title.fill('  Better  ');
    await title.press('Enter');
    await title.waitFor({ state: 'detached' });
    assert.deepEqual(await view.askedFor('thread/rename'), [
      { threadId: 'thread-1', title: 'Better' },
    ]);
  });

  it('renames, archives and exports from the list, which is read anew', async () => {
    await view.open(threadStates.archive);
    await openHistory();
    const second = row('Upgrade the test runner');
    await second.hover();
    await second.getByRole('button', { name: 'Archive' }).click();
    await second.getByRole('button', { name: 'Export' }).click();
    await second.getByRole('button', { name: 'Rename' }).click();
    const title = view.page.getByRole('textbox', { name: 'Title of the thread' });
    await title.fill('Newer runner');
    await title.press('Enter');
    const threadId = 'thread-2';
    assert.deepEqual(await view.askedFor('thread/archive'), [{ threadId, archived: true }]);
    assert.deepEqual(await view.askedFor('thread/export'), [{ threadId, format: 'markdown' }]);
    assert.deepEqual(await view.askedFor('thread/rename'), [{ threadId, title: 'Newer runner' }]);
    await view.until(`window.asked.filter((each) => each.name === 'thread/list').length === 4`);
  });

  it('goes on in a copy of a thread, and says why where there is none', async () => {
    await view.open(threadStates.archive);
    await openHistory();
    const second = row('Upgrade the test runner');
    await second.hover();
    await view.refuse('thread/fork', 'Nothing was said in this thread yet.');
    await second.getByRole('button', { name: 'Fork' }).click();
    await history().getByText('Nothing was said in this thread yet.').waitFor();
    await view.refuse('thread/fork');
    await second.getByRole('button', { name: 'Fork' }).click();
    await history().waitFor({ state: 'detached' });
    assert.equal(await message().evaluate((box) => box.matches(':focus')), true);
    const fork = { threadId: 'thread-2' };
    assert.deepEqual(await view.askedFor('thread/fork'), [fork, fork]);
  });

  it('deletes at once, and brings back what was deleted by a button or a key', async () => {
    await view.open(threadStates.archive);
    await openHistory();
    const second = row('Upgrade the test runner');
    await second.hover();
    await second.getByRole('button', { name: 'Delete' }).click();
    await second.waitFor({ state: 'detached' });
    const threadId = 'thread-2';
    assert.deepEqual(await view.askedFor('thread/delete'), [{ threadId }]);
    const line = history().getByText('Deleted “Upgrade the test runner”.');
    await line.waitFor();
    await history().getByRole('button', { name: 'Undo' }).click();
    await second.waitFor();
    await line.waitFor({ state: 'detached' });
    await second.locator('.history-row').focus();
    await view.page.keyboard.press('Delete');
    await second.waitFor({ state: 'detached' });
    await view.page.keyboard.press('Control+z');
    await second.waitFor();
    assert.deepEqual(await view.askedFor('thread/undelete'), [{ threadId }, { threadId }]);
  });

  it('keeps the way back after the list is closed, and says when it is too late', async () => {
    await view.open(threadStates.archive);
    await openHistory();
    await row('Upgrade the test runner').locator('.history-row').focus();
    await view.page.keyboard.press('Delete');
    await row('Upgrade the test runner').waitFor({ state: 'detached' });
    await view.page.keyboard.press('Escape');
    await history().waitFor({ state: 'detached' });
    await view.refuse('thread/undelete', 'This thread is deleted already.');
    await button('Undo').click();
    await view.page.getByRole('alert').getByText('This thread is deleted already.').waitFor();
    assert.equal(await button('Undo').count(), 0);
  });

  it('is a list that Tab stops at once, with a row that keys act on', async () => {
    await view.open(threadStates.marked);
    await openHistory();
    assert.equal(await view.page.locator('.history-row[tabindex="0"]').count(), 1);
    const focused = () => view.page.evaluate('document.activeElement.innerText');
    await view.page.keyboard.press('ArrowDown');
    assert.match(String(await focused()), /Upgrade the test runner/);
    assert.equal(await view.page.locator('.history-row[tabindex="0"]').count(), 1);
    await view.page.keyboard.press('F2');
    const title = view.page.getByRole('textbox', { name: 'Title of the thread' });
    assert.equal(await title.inputValue(), 'Upgrade the test runner');
    await title.press('Escape');
  });

  it('says which threads wait, run and have something new', async () => {
    await view.open(threadStates.marked);
    await openHistory();
    await row('Upgrade the test runner')
      .getByText(/^new, /)
      .waitFor();
    await row('Fix slug for every space').getByText('waits for you').waitFor();
    await history().getByRole('heading', { name: 'Earlier' }).waitFor();
    await view.page.getByRole('searchbox').fill('nothing like it');
    await history().getByText('Nothing found.').waitFor();
  });

  it('shows archived threads apart, and brings them back', async () => {
    await view.open(threadStates.archive);
    await openHistory();
    assert.equal(await row('An old idea').count(), 0);
    await button('Archived threads (1)').click();
    await row('An old idea').hover();
    await row('An old idea').getByRole('button', { name: 'Bring back' }).click();
    assert.deepEqual(await view.askedFor('thread/archive'), [
      { threadId: 'thread-4', archived: false },
    ]);
    await button('Back to threads').click();
    await row('Upgrade the test runner').waitFor();
  });

  it('searches as one types, by keyboard alone, titles at once and texts soon after', async () => {
    await view.open(threadStates.archive);
    await button('Thread history').press('Enter');
    await row('Upgrade the test runner').waitFor();
    await view.page.keyboard.type('slug');
    assert.equal(
      await view.page.getByRole('searchbox', { name: 'Search threads' }).inputValue(),
      'slug',
    );
    await row('Fix slug for every space').waitFor();
    await view.page.getByText('the runner fails on slug.test.js').waitFor();
    assert.deepEqual(await view.lastAsked(), { name: 'thread/search', params: { query: 'slug' } });
    await view.page.keyboard.press('ArrowDown');
    await view.page.keyboard.press('ArrowDown');
    await view.page.keyboard.press('Enter');
    assert.deepEqual(await view.askedFor('thread/open'), [{ threadId: 'thread-2' }]);
  });

  it('leaves a search with Escape before it closes', async () => {
    await view.open(threadStates.archive);
    await openHistory();
    await view.page.getByRole('searchbox').fill('nothing like it');
    await row('Upgrade the test runner').waitFor();
    assert.equal(await row('An old idea').count(), 0);
    await view.page.getByRole('searchbox').press('Escape');
    await row('Fix slug for every space').waitFor();
    await view.page.keyboard.press('Escape');
    await history().waitFor({ state: 'detached' });
  });

  it('says what failed where it can be seen', async () => {
    await view.open(threadStates.archive);
    await openHistory();
    await view.refuse('thread/archive', 'Another window has this thread.');
    await row('Upgrade the test runner').hover();
    await row('Upgrade the test runner').getByRole('button', { name: 'Archive' }).click();
    await history().getByRole('alert').getByText('Another window has this thread.').waitFor();
  });
});
