import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openViewBrowser, type ViewBrowser } from './openPage';
import type { FileChangeSummary } from '../../../src/protocol/items';
import { item, pageStates, started, threadOf, type PageState } from './states';
import { themes } from './themes';

const { settings, threads } = pageStates.finished;
const change: FileChangeSummary = {
  ...{ path: 'web/.npmrc', kind: 'add', added: 1, removed: 0 },
  diff: '@@ -0,0 +1 @@\n+registry=https://packages.example\n',
};
const state: PageState = {
  ...{ settings, threads },
  thread: threadOf(
    ...started('Set up the package', 'Set up the package'),
    item({
      ...{ id: 'f1', type: 'fileChange', status: 'inProgress', changes: [change] },
      commandItemId: 'c1',
    }),
    {
      type: 'approval.requested',
      turnId: 'turn-1',
      approval: {
        ...{ id: 'approval-1', itemId: 'f1', cwd: '/projects/shop' },
        subject: {
          kind: 'patch',
          paths: ['/projects/shop/web/.npmrc'],
          text: `*** Add File: web/.npmrc\n${change.diff}`,
          writtenBy: 'npm create shop@latest web',
        },
        reasons: ['a command in the sandbox wrote it'],
      },
    },
  ),
};

describe('a question about what a command wrote in the view', function () {
  let browser: ViewBrowser;
  let page: Page;
  let errors: readonly string[] = [];
  before(async () => (browser = await openViewBrowser()));
  after(() => browser.close());
  afterEach(async () => {
    await page.close();
    assert.deepEqual(errors, []);
  });

  it('B10 shows all of it and the command, says that it was taken back, and is for this once', async () => {
    ({ page, errors } = await browser.open({
      ...{ state, theme: themes.dark!, width: 400, height: 760 },
    }));
    const card = page.getByRole('group', { name: 'Approval needed' });
    const text = await card.innerText();
    assert.match(text, /Keep \/projects\/shop\/web\/\.npmrc/);
    assert.match(text, /\+registry=https:\/\/packages\.example/);
    assert.match(
      text,
      /This command wrote that\. It was taken back until you answer:\s+npm create shop@latest web/,
    );
    assert.doesNotMatch(text, /Edit \//);
    assert.equal(await card.getByRole('button', { name: 'Approve for this thread' }).count(), 0);
    await page.getByText('Waiting for you').waitFor();
  });
});
