import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { applyTheme } from './applyTheme';
import { scenes } from './scenes';
import { themes, type Theme } from './themes';
import { useViewPage } from './useViewPage';

const kept = 'test/e2e/viewPage/pictures';
const failed = 'out/screenshots';
const updates = process.env['TANDEM_UPDATE_PICTURES'] === '1';

/** The scenes in which most of what people see stands at least once. */
const chosen = [
  ...['empty', 'running', 'finished', 'asking', 'failed', 'changeHunks', 'history', 'commands'],
] as const;
const widths = [220, 400, 900];
const height = 760;

/** Letters are drawn a little differently from machine to machine: so many pixels of any square may differ. */
const square = { windowSize: 40, threshold: 0.15 };
const mostDiffering = 120;

describe('what the view looks like', function () {
  this.timeout(90_000);
  const view = useViewPage();

  for (const name of chosen) {
    it(`"${name}" looks as in the kept pictures, in every theme and at every width`, async () => {
      const { state, act } = scenes[name]!;
      const [first] = Object.values(themes);
      await view.open(state, { theme: withFonts(first!), height, clock: 'stopped' });
      const { page } = view;
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.addStyleTag({ url: '/fonts.css' });
      await act?.(page);
      // What that changed is laid out before the clock goes on.
      await page.waitForTimeout(150);
      await page.clock.runFor(1000);
      const different: string[] = [];
      for (const [themeName, theme] of Object.entries(themes)) {
        await applyTheme(page, withFonts(theme));
        for (const width of widths) {
          await page.setViewportSize({ width, height });
          const difference = await compare(`${name}-${themeName}-${width}`, await picture(page));
          if (difference !== undefined) different.push(difference);
        }
      }
      assert.deepEqual(different, [], `see ${failed}; TANDEM_UPDATE_PICTURES=1 keeps the new ones`);
    });
  }
});

/** The fonts of the test and not of the machine. */
function withFonts(theme: Theme): Theme {
  const fonts = { 'font-family': 'Inter', 'editor-font-family': 'DejaVu Mono' };
  return { ...theme, variables: { ...theme.variables, ...fonts } };
}

/** A picture of a page that has settled: fonts are there, and its lists have measured their rows. */
async function picture(page: Page): Promise<Buffer> {
  await page.evaluate('document.fonts.ready');
  await page.waitForTimeout(150);
  // Rows that are measured anew while the clock stands look like scrolling by hand.
  await page.evaluate(`(() => {
    const log = document.querySelector('[role=log]');
    if (log) log.scrollTop = log.scrollHeight;
  })()`);
  await page.waitForTimeout(50);
  await page.clock.runFor(200);
  return page.screenshot({ animations: 'disabled', caret: 'hide' });
}

/** How a picture differs from the kept one, in words; undefined where it does not. */
async function compare(name: string, taken: Buffer): Promise<string | undefined> {
  const path = join(kept, `${name}.png`);
  if (updates) {
    await mkdir(kept, { recursive: true });
    await writeFile(path, taken);
    return undefined;
  }
  if (!existsSync(path)) return `${name} was never kept`;
  const [before, now] = [PNG.sync.read(await readFile(path)), PNG.sync.read(taken)];
  if (before.width !== now.width || before.height !== now.height) return `${name} has another size`;
  const difference = new PNG({ width: now.width, height: now.height });
  const count = pixelmatch(before.data, now.data, difference.data, now.width, now.height, square);
  if (count <= mostDiffering) return undefined;
  await mkdir(failed, { recursive: true });
  await writeFile(join(failed, `${name}-now.png`), taken);
  await writeFile(join(failed, `${name}-difference.png`), PNG.sync.write(difference));
  return `${name}: ${count} pixels of one square differ`;
}
