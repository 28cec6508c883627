import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { compactedStates, summary } from './compactedStates';
import { openViewBrowser, type ViewBrowser } from './openPage';
import { pageStates, type PageState } from './states';
import { themes } from './themes';

describe('a summarised thread in the view', function () {
  let browser: ViewBrowser;
  let page: Page;
  let errors: readonly string[] = [];
  before(async () => (browser = await openViewBrowser()));
  after(() => browser.close());
  afterEach(async () => {
    await page.close();
    assert.deepEqual(errors, []);
  });

  async function open(state: PageState): Promise<void> {
    ({ page, errors } = await browser.open({
      ...{ state, theme: themes.dark!, width: 400, height: 760 },
    }));
  }
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const message = () => page.getByRole('textbox', { name: 'Message Tandem' });
  async function asked(): Promise<{ readonly name: string; readonly params: unknown }[]> {
    const all = await page.evaluate<{ name: string; params: unknown }[]>('window.asked');
    return all.slice(1);
  }

  it('shows one line that opens to the summary', async () => {
    await open(compactedStates.compacted);
    const line = button('Summarised earlier history (182k → 21k tokens)');
    assert.equal(await page.getByText('new grammar; no change').count(), 0);
    await line.click();
    await page.getByText('Upgrade the parser to the new grammar').waitFor();
  });

  it('lets the person correct the summary', async () => {
    await open(compactedStates.compacted);
    await button('Summarised earlier history (182k → 21k tokens)').click();
    await button('Edit summary').click();
    const editor = page.getByRole('textbox', { name: 'Summary of earlier history' });
    assert.equal(await editor.inputValue(), summary);
    await editor.fill('Use tabs.');
    await button('Save').click();
    assert.deepEqual(await asked(), [
      { name: 'summary/edit', params: { itemId: 'compaction-1', summary: 'Use tabs.' } },
    ]);
  });

  it('takes /compact for a command and sends it as no message', async () => {
    await open(pageStates.finished);
    await message().fill('/compact');
    await message().press('Enter');
    assert.deepEqual(await asked(), [{ name: 'thread/compact', params: {} }]);
    assert.equal(await message().inputValue(), '');
  });

  it('can be stopped while the summary is written', async () => {
    await open(compactedStates.compacting);
    await page.getByText('Summarising earlier history').waitFor();
    await button('Stop').click();
    assert.deepEqual(await asked(), [{ name: 'turn/interrupt', params: {} }]);
  });

  it('says what a turn used and cost, and that a limit ended it', async () => {
    await open(compactedStates.limited);
    await page.getByText('184,500 tokens, 93% cached · $0.21').waitFor();
    await page.getByText('Stopped at your limit.').waitFor();
    await page.getByText('limit of 180,000 tokens').waitFor();
  });
});
