import assert from 'node:assert/strict';
import { openViewBrowser, type ViewBrowser } from './openPage';
import { foundInEnglish, inPseudoLanguage, pseudoLanguage } from './pseudoLanguage';
import { scenes } from './scenes';
import { themes } from './themes';

describe('the texts of the view', function () {
  let browser: ViewBrowser;
  before(async () => {
    browser = await openViewBrowser();
  });
  after(() => browser.close());

  for (const [name, { state, act }] of Object.entries(scenes)) {
    it(`are all of the page's language in the picture "${name}"`, async () => {
      const { page, close } = await browser.open({
        state: inPseudoLanguage(state),
        theme: themes.dark!,
        width: 400,
        height: 760,
        language: pseudoLanguage,
      });
      try {
        await act?.(foundInEnglish(page));
        // Parts that are loaded when they are needed are there.
        const missing = page.locator('main > .loading, .prose > p.plain');
        await missing.first().waitFor({ state: 'detached' });
        assert.deepEqual(leftOut(await page.evaluate<string[]>(readTexts)), []);
      } finally {
        await close();
      }
    });
  }
});

/** All that can be read or heard in the page: texts, and attributes that are read out or shown. */
const readTexts = `(() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || node.id === 'root') continue;
    for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']) {
      if (node.hasAttribute(name)) found.push(name + ': ' + node.getAttribute(name));
    }
  }
  return found;
})()`;

/**
 * The same in any language: commands and marks of the composer, short counts of tokens, code points, commits, models, AGENTS.md, values of
 * settings as the settings show them, and ends of lines.
 */
const sameEverywhere = new RegExp(
  [
    /^\/[a-z]+(?: [a-z]+)?(?= ⟦|$)/,
    /^@(?:file|folder|symbol):/,
    /\b\d[\d.,]*[kM]\b/,
    /\bU\+[0-9A-F]{4,5}\b/,
    /\b(?=[a-f]*\d)[0-9a-f]{7}\b/,
    /\bgpt-[\d.]+\b/,
    /^AGENTS\.md$/,
    /\b(?:on-request|workspace-write)\b/,
    /^(?:LF|CRLF|CR)$/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** The texts that still have English letters. */
function leftOut(texts: readonly string[]): readonly string[] {
  const english = texts.filter((text) =>
    /[A-Za-z]/.test(text.replace(/^[a-z-]+: /, '').replace(sameEverywhere, '')),
  );
  return [...new Set(english)];
}
