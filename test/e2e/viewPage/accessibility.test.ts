import assert from 'node:assert/strict';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { applyTheme } from './applyTheme';
import { scenes } from './scenes';
import { themes } from './themes';
import { useViewPage } from './useViewPage';

const widths = [220, 400, 900];
/** What colours and places decide; the rest is the same in every theme. */
const themeRules = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable'];

describe('what every scene of the view offers to who cannot see it, or not well', function () {
  this.timeout(60_000);
  const view = useViewPage();

  for (const [index, [name, { state, act }]] of Object.entries(scenes).entries()) {
    it(`"${name}" has no serious finding in any theme, and fits at any width`, async () => {
      await view.open(state, { theme: themes.dark!, width: 400 });
      const { page } = view;
      await act?.(page);
      // The Markdown chunk and the arming of approvals take a moment.
      await page.waitForTimeout(600);
      await page.evaluate(axe.source);
      const found: string[] = [];
      for (const [place, [themeName, theme]] of Object.entries(themes).entries()) {
        // Each theme at one width, and each width in some theme: what differs is colours or places, not both.
        const width = widths[(index + place) % widths.length]!;
        await page.setViewportSize({ width, height: 760 });
        await applyTheme(page, theme);
        const rules = place === 0 ? undefined : themeRules;
        const all = await findings(page, rules);
        found.push(...all.map((finding) => `${themeName} ${width}: ${finding}`));
      }
      for (const width of widths) {
        await page.setViewportSize({ width, height: 760 });
        if (await overflows(page)) found.push(`${width}: wider than the view`);
      }
      assert.deepEqual(found, []);
    });
  }
});

/** The serious and critical findings of some rules, or of all, each with the places it is found in. */
async function findings(page: Page, rules?: readonly string[]): Promise<string[]> {
  const options = {
    resultTypes: ['violations'],
    ...(rules && { runOnly: { type: 'rule', values: rules } }),
  };
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify(options)})`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, nodes: nodes.filter(({ html }) => counts(id, html)) }))
    .filter(({ nodes }) => nodes.length > 0)
    .map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/**
 * Rows of a tree are named by what they are of (`src/slug.js, 1 line added`). The rule takes the buttons and the diff in a row
 * for its label, which would make a name of a hundred words; those have names of their own.
 */
function counts(id: string, html: string): boolean {
  return !(id === 'label-content-name-mismatch' && /^<[^>]* role="treeitem"/.test(html));
}

/** True where a person would have to scroll sideways. */
async function overflows(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
}
