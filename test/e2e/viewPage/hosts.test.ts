import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { hostStates } from './hostStates';
import { openViewBrowser, type ViewBrowser } from './openPage';
import type { PageState } from './states';
import { themes } from './themes';

describe('a question about a host in the view', function () {
  let browser: ViewBrowser;
  let page: Page;
  let errors: readonly string[] = [];
  before(async () => (browser = await openViewBrowser()));
  after(() => browser.close());
  afterEach(async () => {
    await page.close();
    assert.deepEqual(errors, []);
  });

  async function open(state: PageState): Promise<string> {
    ({ page, errors } = await browser.open({
      ...{ state, theme: themes.dark!, width: 400, height: 760 },
    }));
    return page.getByRole('group', { name: 'Approval needed' }).innerText();
  }

  it('names the host, the port, the command that waits, and what an approval for the thread covers', async () => {
    const text = await open(hostStates.askingHost);
    assert.match(text, /Connect to registry\.npmjs\.org:443/);
    assert.match(text, /npm install --save-dev mocha@12/);
    assert.match(text, /registry\.npmjs\.org:443, sending included, in every command/);
    assert.doesNotMatch(text, /which reads/);
  });

  it('D06 shows a forged name as the network sees it and as it reads, with the letters that deceive', async () => {
    const text = await open(hostStates.askingForgedHost);
    assert.match(text, /Connect to xn--pple-43d\.com:443/);
    assert.match(text, /which reads “.*U\+0430.*pple\.com”/s);
    assert.match(text, /mixes scripts/);
  });
});
