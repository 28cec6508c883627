import assert from 'node:assert/strict';
import { emptyChangeSet } from '../../../src/protocol/changes';
import { codeStates } from './codeStates';
import { pageStates } from './states';
import { themes, type Theme } from './themes';
import { useViewPage } from './useViewPage';

/** Of text on a background, after WCAG. */
const leastContrast = 4.5;

describe('colours of code', function () {
  this.timeout(60_000);
  const view = useViewPage({ width: 600, height: 900 });

  /** The work of a turn that ended, with everything in it open. */
  async function openEdits(theme: Theme = themes.dark!): Promise<void> {
    const { thread } = pageStates.finished;
    assert.ok(thread);
    const state = { ...pageStates.finished, thread: { ...thread, changes: emptyChangeSet } };
    await view.open(state, { theme });
    await view.page.locator('.work-fold').first().waitFor();
    for (const fold of await view.page.locator('.work-fold > .disclosure-line').all()) {
      await fold.click();
    }
  }

  const loaded = () =>
    view.page.evaluate<boolean>(
      `performance.getEntriesByType('resource').some(({ name }) => name.includes('highlightCode'))`,
    );

  it('stand in a diff under the marks of words, over all lines of a string or a comment', async () => {
    await view.open(codeStates.diff);
    const line = (kind: string, text: string) =>
      view.page.locator(`.diff-line.${kind}`).filter({ hasText: text });
    await view.page.locator('.code-keyword').first().waitFor();
    await line('context', ' * Finds a price').locator('.code-comment').waitFor();
    await line('removed', 'from items').locator('.code-string').first().waitFor();
    await line('added', 'if a price has more').locator('.code-comment').first().waitFor();
    assert.equal(await line('added', 'if a price').locator('.code-keyword').count(), 0);
    await line('added', 'price > 12.5').locator('.diff-word .code-number').waitFor();
    const text = await line('added', 'price > 12.5').innerText();
    assert.equal(text.replace(/\s+/g, ' '), '+ if (price > 12.5) return new Price("c", price);··');
  });

  it('stand in the small diffs of the transcript, each in the language of its file', async () => {
    await openEdits();
    const line = view.page.locator('.change-card .diff-line.added').first();
    await line.locator('.code-keyword').getByText('return', { exact: true }).waitFor();
    await line.locator('.code-string').first().waitFor();
    assert.match(await line.innerText(), /^\+\n {2}return s\.trim\(\)\.replaceAll\(' ', '-'\);$/);
    const plain = view.page.locator('.change-card').filter({ hasText: 'notes.md' });
    assert.equal(await plain.locator('.code-keyword').count(), 0);
  });

  it('stand in an answer where its fence names a language', async () => {
    await view.open(codeStates.answer);
    const block = (language: string) => view.page.getByLabel(`Code, ${language}`);
    await block('tsx').locator('.code-keyword').getByText('export', { exact: true }).waitFor();
    await block('tsx').locator('.code-comment').getByText('rounded. */').waitFor();
    await block('python').locator('.code-string').getByText('if there are any').waitFor();
    await block('diff').locator('.code-added').getByText('+const a = 2;').waitFor();
    const plain = view.page.getByLabel('Code', { exact: true });
    assert.equal(await plain.innerText(), 'const plain = "no language";');
    assert.equal(await plain.locator('span').count(), 0);
    assert.match(await block('python').innerText(), /^def price.*\n {4}"""In units,\n.*digits$/s);
  });

  it('are loaded by the first code that is drawn', async () => {
    await view.open(pageStates.empty);
    await view.page.waitForLoadState('networkidle');
    const before = await loaded();
    await view.page.close();
    await view.open(codeStates.answer);
    await view.page.locator('.code-keyword').first().waitFor();
    assert.deepEqual([before, await loaded()], [false, true]);
  });

  it('come later than the text, and move nothing', async () => {
    await view.open(codeStates.unchanged);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await view.page.route(/highlightCode/, (route) => held.then(() => route.continue()));
    const { thread } = codeStates.diff;
    const afterSeq = codeStates.unchanged.thread?.seq ?? 0;
    const event = { type: 'changes.updated', changeSet: thread?.changes, seq: afterSeq + 1, at: 0 };
    const events = [{ ...event, threadId: 'thread-1' }];
    const params = { threadId: 'thread-1', afterSeq, lastSeq: afterSeq + 1, events };
    await view.page.evaluate(`window.tell('thread/events', ${JSON.stringify(params)})`);
    const last = view.page.locator('.diff-line').last();
    await view.page.getByText('fetchAll').waitFor();
    const plain = [await last.boundingBox(), await view.page.locator('.code-keyword').count()];
    release();
    await view.page.locator('.code-keyword').first().waitFor();
    assert.deepEqual(plain, [await last.boundingBox(), 0]);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`are readable in ${name}`, async () => {
      for (const state of [codeStates.diff, codeStates.answer]) {
        await view.open(state, { theme });
        await view.page.locator('.code-comment').first().waitFor();
        const found = await view.page.evaluate<{ text: string; contrast: number }[]>(
          `(${measureContrast.toString()})()`,
        );
        assert.ok(found.length > 15);
        const hard = found.filter(({ contrast }) => !(contrast >= leastContrast));
        assert.deepEqual(hard, []);
        await view.page.close();
      }
      await openEdits(theme);
      await view.page.locator('.change-card .code-keyword').first().waitFor();
      const found = await view.page.evaluate<{ text: string; contrast: number }[]>(
        `(${measureContrast.toString()})()`,
      );
      assert.ok(found.length > 5);
      assert.deepEqual(
        found.filter(({ contrast }) => !(contrast >= leastContrast)),
        [],
      );
    });
  }
});

/** Runs in the page: the contrast of each coloured piece of code to all backgrounds that are behind it. */
function measureContrast(): { text: string; contrast: number }[] {
  interface PageElement {
    readonly parentElement: PageElement | null;
    readonly textContent: string;
  }
  interface PageWindow {
    readonly document: { querySelectorAll(selector: string): Iterable<PageElement> };
    getComputedStyle(element: PageElement): { color: string; backgroundColor: string };
  }
  const page = globalThis as unknown as PageWindow;
  type Colour = [number, number, number, number];
  const read = (text: string): Colour => {
    const parts = (text.match(/[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    const scale = text.startsWith('color(') ? 255 : 1;
    const [red = 0, green = 0, blue = 0, alpha = 1] = parts;
    return [red * scale, green * scale, blue * scale, alpha];
  };
  const over = ([r, g, b, a]: Colour, under: Colour): Colour => {
    const mix = (top: number, bottom: number) => top * a + bottom * (1 - a);
    return [mix(r, under[0]), mix(g, under[1]), mix(b, under[2]), 1];
  };
  const behind = (element: PageElement | null): Colour =>
    element
      ? over(read(page.getComputedStyle(element).backgroundColor), behind(element.parentElement))
      : [255, 255, 255, 1];
  const light = ([r, g, b]: Colour): number => {
    const [x = 0, y = 0, z = 0] = [r, g, b].map((value) =>
      value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  return [...page.document.querySelectorAll('span[class^="code-"]')].map((element) => {
    const background = behind(element);
    const colour = over(read(page.getComputedStyle(element).color), background);
    const [high = 0, low = 0] = [light(colour), light(background)].sort((a, b) => b - a);
    return { text: element.textContent, contrast: (high + 0.05) / (low + 0.05) };
  });
}
