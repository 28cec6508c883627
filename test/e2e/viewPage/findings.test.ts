import assert from 'node:assert/strict';
import { reviewStates } from './reviewStates';
import { pageStates } from './states';
import { useViewPage } from './useViewPage';

describe('findings of a review in the view', function () {
  const view = useViewPage();

  const list = (name: string) => view.page.getByRole('list', { name, exact: true });
  const message = () => view.page.getByRole('textbox', { name: 'Message Tandem' });

  const asked = () => view.asked();

  it('lists the sure ones, and folds those below the setting', async () => {
    await view.open(reviewStates.reviewed);
    const sure = list('Findings').getByRole('listitem');
    await sure.first().waitFor();
    assert.equal(await sure.count(), 2);
    const text = await sure.last().innerText();
    assert.match(text, /major[^]*Replace every space[^]*src\/text\/slug\.ts:12-14[^]*93% sure/);
    assert.equal(await view.page.getByText('Close the file when reading throws').count(), 0);
    await view.page.getByRole('button', { name: '1 less certain finding' }).click();
    await list('Less certain findings').getByText('Close the file').waitFor();
  });

  it('opens the place, gives a finding to the agent, and puts one away', async () => {
    await view.open(reviewStates.reviewed);
    const press = (name: string) => view.page.getByRole('button', { name, exact: true }).click();
    await press('Open src/text/slug.ts:12-14');
    await press('Fix: Replace every space, not only the first');
    await press('Dismiss: Escape the title before it is put into the page');
    assert.deepEqual(await asked(), [
      { name: 'file/open', params: { path: 'src/text/slug.ts', line: 12 } },
      { name: 'finding/fix', params: { findingId: 'f1' } },
      { name: 'finding/dismiss', params: { findingId: 'f2' } },
    ]);
  });

  it('says in the transcript what came of the review, and of one without findings', async () => {
    await view.open(reviewStates.reviewed);
    const log = () => view.page.getByRole('log', { name: 'Transcript' });
    await log().getByText('Reviewed the uncommitted changes: 3 findings').waitFor();
    await log().getByText('1 finding about lines that did not change was left out.').waitFor();
    await view.page.close();
    await view.open(reviewStates.reviewedSound);
    await log().getByText('Reviewed the uncommitted changes: no findings').waitFor();
    assert.equal(await view.page.getByRole('region', { name: 'Review' }).count(), 0);
  });

  it('keeps what was found unasked out of the transcript, beside the changes', async () => {
    await view.open(reviewStates.reviewedByItself);
    await list('Findings').getByText('Replace every space').waitFor();
    const log = view.page.getByRole('log', { name: 'Transcript' });
    assert.equal(await log.getByText('Replace every space').count(), 0);
    assert.equal(await log.getByText('Reviewed').count(), 0);
  });

  it('offers the commands that a slash may begin', async () => {
    await view.open(pageStates.finished);
    const options = view.page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
    await message().pressSequentially('/rev');
    assert.deepEqual(await options.locator('strong').allInnerTexts(), [
      '/review',
      '/review uncommitted',
      '/review base',
      '/review commit',
    ]);
    await message().press('ArrowDown');
    await message().press('ArrowDown');
    assert.equal(await options.nth(2).getAttribute('aria-selected'), 'true');
    await message().press('Tab');
    assert.equal(await message().inputValue(), '/review base ');
    await message().press('Escape');
    assert.equal(await options.count(), 0);
    await message().fill('/review');
    await message().press('ArrowUp');
    await message().press('Enter');
    assert.equal(await message().inputValue(), '');
    await message().fill('/review c');
    await options.first().click();
    await message().fill('/no command');
    assert.equal(await options.count(), 0);
    const choose = { name: 'review/start', params: { choose: 'commit', instruction: '' } };
    assert.deepEqual(await asked(), [choose, choose]);
  });

  it('starts a review from the composer', async () => {
    await view.open(pageStates.finished);
    for (const text of ['/review', '/review base main', '/review only the tests']) {
      await message().fill(text);
      await message().press('Enter');
    }
    assert.deepEqual(await asked(), [
      { name: 'review/start', params: { instruction: '' } },
      {
        name: 'review/start',
        params: { target: { kind: 'base', ref: 'main' }, instruction: '' },
      },
      {
        name: 'review/start',
        params: { target: { kind: 'uncommitted' }, instruction: 'only the tests' },
      },
    ]);
  });
});
