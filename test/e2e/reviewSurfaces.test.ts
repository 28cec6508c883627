import type { Workbench } from '../support/host/workbench';
import { fixTask, inDemoWindow, unasked } from './window';

/** Themes without backgrounds for changed lines. */
const plainThemes = {
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

describe('the surfaces of a review in the window', () => {
  it('settles hunks from diffs, keys, hovers, title buttons, the source control view and the tree', () =>
    inDemoWindow({ settings: unasked, height: 900 }, async (window) => {
      const { page } = window;
      const original = await window.readFile('src/slug.js');
      await window.openTandem();
      await changeFiles(window);

      // The status bar opens the whole set; lenses stand in the multi-file diff too.
      await page.getByRole('button', { name: /Tandem: 2 changes to review in 2 files/ }).click();
      await page
        .getByRole('tab', { name: /^Tandem/ })
        .first()
        .waitFor();
      const inDiffs = page.locator('.multiDiffEntry .codelens-decoration');
      await inDiffs.getByText('Accept', { exact: true }).nth(1).waitFor();
      await window.screenshot('review-changes');
      await closeEditors(window);

      // One file beside its baseline, from the editor's own button.
      await window.openFile('src/slug.js');
      const compare = page.getByRole('button', { name: 'Compare with Accepted Text' });
      await compare.first().click();
      const inDiff = page.locator('.monaco-diff-editor .modified .codelens-decoration');
      await inDiff.getByText('Reject', { exact: true }).first().waitFor();
      await window.screenshot('review-diff');
      await closeEditors(window);

      // The keys go from hunk to hunk, across files.
      await window.openFile('src/slug.js');
      await window.lens('Accept').waitFor();
      await page.keyboard.press('Alt+F6');
      await page.getByRole('tab', { name: 'notes.md', selected: true }).waitFor();
      await page.keyboard.press('Shift+Alt+F6');
      await page.getByRole('tab', { name: 'slug.js', selected: true }).waitFor();

      // The removed text hovers, with links.
      await window.runCommand('Show or Focus Hover');
      const hover = page.locator('.monaco-hover').filter({ hasText: '1 line removed' });
      const reject = hover.getByRole('link', { name: 'Reject' });
      await reject.waitFor();
      await window.screenshot('review-hover');
      await reject.click();
      await window.waitForFile('src/slug.js', original);
      await window.lens('Accept').waitFor({ state: 'hidden' });

      // The list of the source control view has its letters and buttons.
      await page
        .getByRole('tab', { name: /^Source Control/ })
        .first()
        .click();
      const row = page.getByRole('treeitem', { name: /notes\.md/ }).first();
      await row.waitFor();
      await page.waitForFunction(
        `[...document.querySelectorAll('.scm-view .monaco-icon-label')].some((label) => getComputedStyle(label, '::after').content === '"M"')`,
      );
      await window.screenshot('review-list');
      await row.hover();
      await row.getByRole('button', { name: 'Accept Changes of File' }).click();
      await page.getByRole('treeitem', { name: /notes\.md/ }).waitFor({ state: 'hidden' });
    }));

  it('walks the tree of hunks by keyboard, and brings all back when the window was loaded again', () =>
    inDemoWindow({ settings: unasked, height: 900 }, async (window) => {
      const { page } = window;
      await window.openTandem();
      await changeFiles(window);
      await window.runCommand('Focus on Changes to Review View');
      await page.getByRole('treeitem', { name: /^src\/slug\.js, modified, 1 change/ }).waitFor();
      for (const key of ['End', 'ArrowRight']) await page.keyboard.press(key);
      const hunk = /^Change 1 of 1 in src\/slug\.js, line 1, 1 removed, 1 added/;
      await page.getByRole('treeitem', { name: hunk }).waitFor();
      for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
      await page.getByRole('tab', { name: 'slug.js' }).first().waitFor();
      await window.lens('Accept').waitFor();
      await window.screenshot('review-tree');

      // Nothing of ours runs before the view is opened; which view and editors come back is VS Code's doing, which a
      // browser may end before it has stored them.
      await window.runCommand('View: Show Explorer');
      await window.load();
      await window.openTandem();
      await page.getByRole('button', { name: /Tandem: 2 changes to review/ }).waitFor();
      await window.openFile('src/slug.js');
      await window.lens('Reject').waitFor();
      await window.screenshot('review-reloaded');
    }));

  for (const [name, theme] of Object.entries(plainThemes)) {
    it(`marks changed lines in the ${name} theme, which has no background for them`, () =>
      inDemoWindow(
        { settings: { ...unasked, 'workbench.colorTheme': theme }, height: 760 },
        async (window) => {
          await window.openTandem();
          await changeFiles(window);
          await window.openFile('notes.md');
          await window.lens('Accept').waitFor();
          await window.page.waitForFunction(
            `[...document.querySelectorAll('.view-overlays .cdr')].some((line) => {
              const mark = getComputedStyle(line).borderLeft;
              return mark.startsWith('3px') && !mark.includes('rgba');
            })`,
          );
          await window.screenshot(`review-${name}`);
        },
      ));
  }
});

/** One hunk in each of two files waits for review. */
async function changeFiles(window: Workbench): Promise<void> {
  await window.send(fixTask);
  await window.waitForEnd();
  await window.region('Changes').getByText('2 files').waitFor();
}

async function closeEditors(window: Workbench): Promise<void> {
  await window.runCommand('View: Close All Editors');
}
