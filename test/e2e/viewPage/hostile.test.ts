import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { shownWords } from '../../../src/protocol/approvalAnswer';
import { answered, askedStates, deceivingState, hostileWords, tail } from './hostileStates';
import { openViewBrowser, type ViewBrowser } from './openPage';
import { pageStates, type PageState } from './states';
import { themes } from './themes';

describe('the view under attack', function () {
  this.timeout(60_000);
  let browser: ViewBrowser;
  let page: Page;
  let errors: readonly string[] = [];
  let listener: Server;
  let origin: string;
  const contacts: string[] = [];
  before(async () => {
    browser = await openViewBrowser();
    listener = createServer((request, response) => {
      contacts.push(request.url ?? '');
      response.end();
    });
    listener.on('connection', () => contacts.push('a connection'));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    origin = `http://localhost:${(listener.address() as AddressInfo).port}`;
  });
  after(async () => {
    await browser.close();
    listener.close();
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(errors, []);
  });

  async function open(state: PageState, clock?: 'stopped'): Promise<void> {
    const theme = themes.dark!;
    const size = { width: 400, height: 700 };
    ({ page, errors } = await browser.open({ state, theme, ...size, ...(clock && { clock }) }));
  }
  const asked = () =>
    page.evaluate<{ name: string; params: Record<string, unknown> }[]>('window.asked');
  const resolved = async () => (await asked()).filter(({ name }) => name === 'approval/resolve');
  const group = () => page.getByRole('group', { name: 'Approval needed' });
  const approve = () => group().getByRole('button', { name: 'Approve', exact: true });

  it('D01 D02 asks no server for anything, and runs nothing, whatever the words hold', async () => {
    await open(answered(hostileWords(origin)));
    await page.getByText('mermaid').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(500);
    assert.deepEqual(contacts, []);
    assert.equal(await page.evaluate('window.hacked'), undefined);
    const made = 'img, script, style, link, iframe, object, embed, svg, video, audio, form, base';
    assert.equal(await page.locator(`.transcript :is(${made})`).count(), 0);
  });

  it('D03 has no link to anything but the web and the workspace', async () => {
    await open(answered(hostileWords(origin)));
    await page.getByText('command').first().waitFor();
    for (const name of [
      'command',
      'scheme',
      'script',
      'script2',
      'data',
      'file',
      'mail',
      'entity',
    ]) {
      assert.equal(await page.getByRole('link', { name, exact: true }).count(), 0, name);
    }
    const links = await page.locator('.transcript a').all();
    for (const link of links) assert.equal(await link.getAttribute('href'), '#');
  });

  it('D06 says where a link leads, whatever its words say', async () => {
    await open(
      answered(
        '[https://good.example](https://evil.example/x) and [exаmple.com](https://exаmple.com) and https://good.example@evil.example/ and https://example.com/plain',
      ),
    );
    await page.getByText('(evil.example)').first().waitFor();
    const said = await page.locator('.link-host').allInnerTexts();
    assert.deepEqual(
      said.map((each) => each.trim()),
      ['(evil.example)', '(xn--exmple-4nf.com)', '(evil.example)'],
    );
    await page.getByRole('link', { name: 'https://good.example@evil.example/' }).click();
    assert.deepEqual((await asked()).slice(-1), [
      { name: 'link/open', params: { url: 'https://evil.example/' } },
    ]);
  });

  const large: readonly (readonly [string, () => string])[] = [
    ['5 MB of nested lists', () => `${' '.repeat(30)}- item\n- item\n`.repeat(120_000)],
    ['5 MB of paragraphs', () => 'A paragraph of words.\n\n'.repeat(220_000)],
    ['a line of 100,000 characters', () => 'a+b '.repeat(25_000)],
    ['a line of 100,000 characters without a blank', () => 'a+'.repeat(50_000)],
    ['10,000 opened quotes', () => '> '.repeat(10_000) + 'x'],
    ['100,000 hidden characters', () => 'a\u200bb\u202e'.repeat(25_000)],
    ['unbalanced tags', () => '<div><b></div></p>'.repeat(5000)],
  ];
  for (const [what, make] of large) {
    it(`D04 stays usable with ${what}`, async () => {
      await open(answered(make()));
      await page.locator('.prose').first().waitFor();
      const textbox = page.getByRole('textbox', { name: 'Message Tandem' });
      await textbox.fill('still here');
      assert.equal(await textbox.inputValue(), 'still here');
      const elements = await page.evaluate<number>('document.querySelectorAll("*").length');
      assert.ok(elements < 150_000, `${elements} elements`);
    });
  }

  it('D05 shows what names, titles, messages, commands and output hide', async () => {
    await open(deceivingState);
    const log = page.getByRole('log', { name: 'Transcript' });
    await log.getByRole('button', { name: /^Ran 1 command/ }).click();
    const text = await page.locator('body').innerText();
    for (const shown of [
      'TiU+200Btle',
      'lookU+E0041 here',
      'reU+2066adme.md',
      'cat U+200Bx',
      'shownU+202Ehidden secret',
      'aU+202Egpj.js',
      'lineU+000Abreak.js',
    ]) {
      assert.ok(text.includes(shown), `${shown} in ${text}`);
    }
    const hiding = `[...document.querySelectorAll('[title]')]
      .map(({ title }) => title)
      .filter((title) => /[\\u202e\\u2066]/.test(title))`;
    assert.deepEqual(await page.evaluate(hiding), []);
  });

  it('D05 tells of what was pasted unseen into a message, and takes it out when asked', async () => {
    await open(pageStates.empty);
    const textbox = page.getByRole('textbox', { name: 'Message Tandem' });
    await textbox.fill('fix it\u{e0065}\u{e0076}\u200b please');
    await page.getByText('Your message holds 3 invisible characters: U+').waitFor();
    await page.getByRole('button', { name: 'Remove them' }).click();
    assert.equal(await textbox.inputValue(), 'fix it please');
    assert.equal(await page.getByText('invisible character').count(), 0);
  });

  it('A01 shows a long command to its very end, inside its own frame', async () => {
    await open(askedStates.askedLong);
    const text = await group().locator('.approval-command').innerText();
    assert.ok(text.endsWith(tail));
    assert.ok(text.includes('x'.repeat(600)));
    const body = group().getByRole('group', { name: 'What it asks for' });
    await group()
      .getByRole('button', { name: /^More below/ })
      .waitFor();
    await body.focus();
    await page.keyboard.press('End');
    await group()
      .getByRole('button', { name: /^More below/ })
      .waitFor({ state: 'detached' });
    const cut = `[...document.querySelectorAll('.approval *')].filter((each) => {
      const style = getComputedStyle(each);
      return style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
    }).length`;
    assert.equal(await page.evaluate(cut), 0, 'nothing is cut with an ellipsis');
    const box = await group().boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= 700 && box.x + box.width <= 400);
    assert.ok(await approve().isVisible());
  });

  it('C06 D05 shows what a question about files holds, and what would be written', async () => {
    await open(askedStates.askedPatch);
    const text = await group().innerText();
    assert.match(text, /Edit .*aU\+000Ab U\+202Egpj\.sh/s);
    assert.match(text, /"php\.validate\.executablePath": "\.\/xU\+200B"/);
  });

  it('says that files would be read, and what came in from outside', async () => {
    await open(askedStates.askedRead);
    const text = await group().innerText();
    assert.match(text, /Read \/home\/person\/\.ssh\/id_ed25519/);
    assert.match(text, /content from outside came in: evil\.example/);
  });

  it('F04 approves nothing that was typed ahead, by Enter, Space or Tab', async () => {
    await open(pageStates.asking, 'stopped');
    await approve().waitFor();
    await page.getByRole('textbox', { name: 'Message Tandem' }).focus();
    await page.keyboard.press('Shift+Tab');
    for (const key of ['Enter', 'Space', 'Tab', 'Enter', 'Space', 'Tab', 'Enter', 'Space']) {
      await page.keyboard.press(key);
    }
    await approve().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await approve().dispatchEvent('click');
    assert.deepEqual(await resolved(), []);
    await page.clock.runFor(600);
    assert.deepEqual(await resolved(), [], 'nothing was kept for later');
  });

  it('F04 gives no button the focus, not even after the one before was pressed', async () => {
    const [first] = pageStates.asking.thread.approvals;
    const second = {
      ...first!,
      id: 'approval-2',
      subject: { kind: 'command', command: 'rm -r x' },
    };
    await open(pageStates.asking, 'stopped');
    await approve().waitFor();
    await page.clock.runFor(600);
    await approve().focus();
    await page.keyboard.press('Enter');
    assert.equal((await resolved()).length, 1);
    const seq = pageStates.asking.thread.seq;
    const at = { at: 0, threadId: 'thread-1' };
    const events = [
      {
        type: 'approval.resolved',
        turnId: 'turn-1',
        approvalId: 'approval-1',
        decision: 'approve',
        by: 'user',
        seq: seq + 1,
        ...at,
      },
      { type: 'approval.requested', turnId: 'turn-1', approval: second, seq: seq + 2, ...at },
    ];
    const batch = { threadId: 'thread-1', afterSeq: seq, lastSeq: seq + 2, events };
    await page.evaluate(`window.tell('thread/events', ${JSON.stringify(batch)})`);
    await group().getByText('rm -r x').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await page.clock.runFor(600);
    await page.keyboard.press('Enter');
    assert.equal((await resolved()).length, 1);
  });

  it('F04 counts only the time in which the view can be seen', async () => {
    const armed = () => page.locator('.approval .primary:not([disabled])');
    const disarmed = () => page.locator('.approval .primary[disabled]');
    await open(pageStates.asking);
    await armed().waitFor();
    await page.evaluate(`(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    })()`);
    await disarmed().waitFor();
    await page.waitForTimeout(800);
    assert.equal(await disarmed().count(), 1);
    await page.evaluate(`(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    })()`);
    await armed().waitFor();
  });

  it('F05 sends what it showed with the answer', async () => {
    await open(askedStates.askedLong);
    await approve().click();
    const [approval] = askedStates.askedLong.thread!.approvals;
    assert.deepEqual(await resolved(), [
      {
        name: 'approval/resolve',
        params: { approvalId: 'approval-1', decision: 'approve', shown: shownWords(approval!) },
      },
    ]);
  });
});
