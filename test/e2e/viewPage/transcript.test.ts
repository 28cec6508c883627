import assert from 'node:assert/strict';
import type { HostNotificationName, HostNotifications } from '../../../src/protocol/viewProtocol';
import { pageStates } from './states';
import { transcriptStates } from './transcriptStates';
import { useViewPage } from './useViewPage';

describe('a long transcript', function () {
  const view = useViewPage();
  const log = () => view.page.getByRole('log', { name: 'Transcript' });
  const rows = () => view.page.locator('[data-row]');
  const find = () => view.page.getByRole('textbox', { name: 'Find in thread' });
  const count = () => view.page.getByRole('search').getByRole('status');
  function tell<Name extends HostNotificationName>(name: Name, params: HostNotifications[Name]) {
    return view.page.evaluate(`window.tell(${JSON.stringify(name)}, ${JSON.stringify(params)})`);
  }
  function grow(text: string) {
    const { threadId, seq } = transcriptStates.long.thread;
    const event = { type: 'item.delta', turnId: 'turn-0', itemId: 'live', seq, at: 0, threadId };
    const events = [{ ...event, delta: { kind: 'text', text } } as const];
    return tell('thread/events', { threadId, afterSeq: seq, lastSeq: seq, events } as never);
  }
  const topOf = (name: string) =>
    log()
      .getByText(name)
      .first()
      .evaluate((element: { getBoundingClientRect(): { top: number } }) =>
        Math.round(element.getBoundingClientRect().top),
      );
  /** Where the words stand that are marked as the current place. */
  const marked = () =>
    view.page.evaluate<string>(`(() => {
      const [range] = [...(CSS.highlights.get('find-current') ?? [])];
      if (!range) return '';
      const frame = document.querySelector('[role=log]').getBoundingClientRect();
      const place = range.getBoundingClientRect();
      const within = place.top >= frame.top && place.bottom <= frame.bottom && place.height > 0;
      return (within ? 'in sight: ' : 'out of sight: ') + range.toString();
    })()`);
  const waitForMark = (words: string) =>
    view.until(
      `[...(CSS.highlights.get('find-current') ?? [])][0]?.toString() === ${JSON.stringify(words)}`,
    );

  it('draws the rows in sight only, and says which of how many each of them is', async () => {
    await view.open(transcriptStates.long);
    await log().getByText('So:').waitFor();
    const drawn = await rows().count();
    assert.ok(drawn < 60, `${drawn} rows`);
    const last = rows().last();
    assert.equal(await last.getAttribute('role'), 'article');
    const [place, size] = ['aria-posinset', 'aria-setsize'];
    assert.equal(await last.getAttribute(place), await last.getAttribute(size));
    assert.ok(Number(await last.getAttribute(size)) > 100);
  });

  it('reaches the first message by keyboard alone', async () => {
    await view.open(transcriptStates.long);
    await log().focus();
    await view.page.keyboard.press('Home');
    await log().getByText('Go on with part 0').waitFor();
    await view.button('Jump to latest').waitFor();
  });

  it('does not move what a person reads while the answer grows', async () => {
    await view.open(transcriptStates.long);
    await log().getByText('So:').waitFor();
    await log().hover();
    await view.page.mouse.wheel(0, -2000);
    await view.button('Jump to latest').waitFor();
    await view.page.waitForTimeout(400);
    const name = (
      await log()
        .getByText(/^Now part/)
        .first()
        .innerText()
    ).slice(0, 12);
    const before = await topOf(name);
    for (let part = 0; part < 10; part++) await grow(`part ${part}\n\n`.repeat(10));
    await view.page.waitForTimeout(200);
    assert.equal(await topOf(name), before);
    await view.button('Jump to latest').click();
    await log().getByText('part 9').last().waitFor();
  });

  it('leaves open what a person opened, also when it was out of sight meanwhile', async () => {
    await view.open(transcriptStates.long);
    const fold = log()
      .getByRole('button', { name: /^Changed 1 file/ })
      .last();
    await fold.click();
    const key = await fold.evaluate(
      (element: { closest(selector: string): { dataset: Record<string, string> } }) =>
        element.closest('[data-row]').dataset['row'],
    );
    await view.page.evaluate('document.activeElement.blur()');
    await log().focus();
    await view.page.keyboard.press('Home');
    await log().getByText('Go on with part 0').waitFor();
    const row = view.page.locator(`[data-row="${key}"]`);
    await row.waitFor({ state: 'detached' });
    await view.page.keyboard.press('End');
    await row.getByRole('button', { name: /^Changed 1 file/, expanded: true }).waitFor();
  });

  it('keeps a fold under the pointer of who opens it at the end', async () => {
    await view.open(pageStates.finished, { height: 900 });
    const fold = log().getByRole('button', { name: /^Changed 2 files/ });
    const topOfFold = () =>
      fold.evaluate((element: { getBoundingClientRect(): { top: number } }) =>
        Math.round(element.getBoundingClientRect().top),
      );
    await log().getByRole('group', { name: 'Checks' }).waitFor();
    // Until it is at rest.
    await view.page.waitForTimeout(500);
    const before = await topOfFold();
    await fold.click();
    await log().getByText('slug (2 tests)').waitFor({ state: 'attached' });
    await view.page.waitForTimeout(300);
    assert.equal(await topOfFold(), before);
  });

  it('finds words in folded work far out of sight, opens it, and counts the places', async () => {
    await view.open(transcriptStates.long);
    await log().getByText('So:').waitFor();
    await view.page.keyboard.press('Control+f');
    await find().fill('line of output 13');
    await waitForMark('line of output 13');
    // Fifteen lines each of the commands 13, 130, 133, 134, 135, 138 and 139.
    assert.equal(await count().innerText(), '105 of 105');
    await find().fill('node test/part8.js');
    await waitForMark('node test/part8.js');
    await view.page.waitForTimeout(300);
    assert.equal(await marked(), 'in sight: node test/part8.js');
    assert.equal(await count().innerText(), '1 of 1');
  });

  it('keeps the end in sight where something opens below it', async () => {
    await view.open(transcriptStates.long);
    await log().getByText('So:').waitFor();
    // Nothing changes its size any more.
    await view.page.waitForTimeout(1000);
    // As the list does where it measures its rows anew while the menu is drawn.
    await view.page.evaluate(`(() => {
      document.querySelector('[role=log]').scrollTop -= 2;
      document.querySelector('.composer-frame').style.paddingTop = '200px';
    })()`);
    await view.page.waitForTimeout(300);
    assert.equal(await view.button('Jump to latest').count(), 0);
    await view.until(`(() => {
      const box = document.querySelector('[role=log]');
      return box.scrollHeight - box.scrollTop - box.clientHeight < 2;
    })()`);
  });

  it('takes a click also while it scrolls', async () => {
    await view.open(transcriptStates.long);
    await log().getByText('So:').waitFor();
    const hit = await view.page.evaluate<boolean>(`new Promise((resolve) => {
      const box = document.querySelector('[role=log]');
      const { left, top, width, height } = box.getBoundingClientRect();
      const look = () => {
        const at = document.elementFromPoint(left + width / 2, top + height / 2);
        resolve(at.closest('[role=article]') !== null);
      };
      box.addEventListener('scroll', () => requestAnimationFrame(() => requestAnimationFrame(look)), { once: true });
      box.scrollTop -= 60;
    })`);
    assert.equal(hit, true);
  });

  it('finds words across bold and code, whatever the case, and none in what is not drawn', async () => {
    await view.open(pageStates.finished);
    await view.page.keyboard.press('Control+f');
    await find().fill('SLUG NOW replaces');
    await waitForMark('slug now replaces');
    await find().fill('nowhere in this thread');
    assert.equal(await count().innerText(), 'No results');
    // The button itself hears of it with the next frame.
    await view.page.getByRole('button', { name: 'Next match', disabled: true }).waitFor();
  });

  it('goes to the next and the previous place by Enter and F3, and round the ends', async () => {
    await view.open(transcriptStates.long);
    await view.page.keyboard.press('Control+f');
    await find().fill('see src/part21.ts');
    await find().fill('see src/part2');
    const counts = [];
    for (const key of ['Enter', 'F3', 'Shift+F3', 'Shift+Enter', 'Shift+Enter']) {
      await find().press(key);
      counts.push(await count().innerText());
    }
    const all = (await count().innerText()).split(' of ')[1];
    assert.deepEqual(
      counts,
      ['1', '2', '1', all, `${Number(all) - 1}`].map((at) => `${at} of ${all}`),
    );
  });

  it('closes the find bar with Escape, gives the focus back, and stops nothing', async () => {
    await view.open(transcriptStates.long);
    const message = view.page.getByRole('textbox', { name: 'Message Tandem' });
    await message.focus();
    await view.page.keyboard.press('Control+f');
    await find().fill('part');
    await find().press('Escape');
    await find().waitFor({ state: 'detached' });
    assert.equal(await view.page.evaluate('CSS.highlights.size'), 0);
    assert.equal(
      await message.evaluate('document.activeElement.ariaLabel ?? document.activeElement.tagName'),
      'Message Tandem',
    );
    assert.deepEqual(await view.asked(), []);
  });

  it('goes to a command that runs far above the end', async () => {
    await view.open(transcriptStates.runsElsewhere);
    await view.button('Jump to what runs').click();
    await log().getByText('watching').waitFor();
    await view.button('Jump to what runs').waitFor({ state: 'detached' });
    await view.button('Jump to latest').click();
    await view.button('Jump to what runs').waitFor();
  });

  it('says the same again after a failed or an interrupted turn', async () => {
    for (const state of [transcriptStates.failedLate, transcriptStates.interrupted]) {
      await view.open(state);
      await view.button('Try again').click();
      assert.deepEqual(await view.asked(), [
        {
          name: 'turn/start',
          params: {
            input: {
              text: 'Make the tests pass',
              attachments: [{ kind: 'file', path: 'test.js' }],
            },
          },
        },
      ]);
      if (state === transcriptStates.failedLate) await view.closePage();
    }
  });

  it('shows a picture that the agent looked at, which opens in the editor', async () => {
    await view.open(transcriptStates.picture);
    await log()
      .getByRole('button', { name: /^Looked at/ })
      .click();
    const picture = log().getByRole('img', { name: 'The image media/logo.png' });
    await picture.waitFor();
    assert.equal(await picture.evaluate('document.images[0].naturalWidth'), 1);
    await picture.click();
    assert.deepEqual(await view.asked(), [
      { name: 'image/read', params: { itemId: 'p1' } },
      { name: 'file/open', params: { path: 'media/logo.png' } },
    ]);
  });

  it('says why a command did not run, an edit was not made, and what is not proven', async () => {
    await view.open(transcriptStates.notDone);
    await log().locator('.work .disclosure-line').first().click();
    for (const words of [
      'It overwrites a disk. This is never run.',
      'The edit was not applied: src/slug.js does not hold the lines that were to be changed.',
      'media/logo.svg is no picture.',
      '1,500 more lines',
      'No newline at the end',
      'Type check',
    ]) {
      await log().getByText(words, { exact: true }).waitFor();
    }
  });

  it('copies messages as Markdown and output as plain text', async () => {
    await view.open(pageStates.finished);
    await view.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = () => view.page.evaluate<string>('navigator.clipboard.readText()');
    await log().getByRole('button', { name: 'Copy message' }).last().click();
    assert.match(await copied(), /^\*\*slug\*\* now replaces every space/);
    await log().getByRole('button', { name: 'Copy message' }).first().focus();
    await view.page.keyboard.press('Enter');
    await view.page.waitForTimeout(100);
    assert.equal(await copied(), 'slug() only replaces the first space; fix it');
    await log()
      .getByRole('button', { name: /^Ran 2 commands/ })
      .click();
    await log().getByRole('button', { name: 'Copy output' }).last().click();
    await log().getByRole('button', { name: 'Copied' }).last().waitFor();
    assert.match(await copied(), /^AssertionError: 'a-b c' == 'a-b-c'\n {4}at test\.js:4:3/);
  });

  it('puts code of an answer into the editor, and opens it as a file', async () => {
    await view.open(pageStates.finished);
    await log().getByRole('button', { name: 'Insert at the cursor' }).click();
    await log().getByRole('button', { name: 'Open as a new file' }).click();
    const text = "return s.trim().replaceAll(' ', '-');";
    assert.deepEqual(await view.asked(), [
      { name: 'code/insert', params: { text } },
      { name: 'code/open', params: { text, language: 'javascript' } },
    ]);
  });
});
