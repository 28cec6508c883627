import type { Page } from 'playwright-core';
import type { Theme } from './themes';

/** Gives an open page another theme, as VS Code does when the person chooses one. */
export async function applyTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(`{
    const { bodyClass, variables } = ${JSON.stringify(theme)};
    const { style } = document.documentElement;
    for (const name of [...style]) if (name.startsWith('--vscode-')) style.removeProperty(name);
    for (const [name, value] of Object.entries(variables))
      style.setProperty('--vscode-' + name, value);
    style.setProperty('background', variables['sideBar-background'] ?? '');
    document.body.className = bodyClass;
    document.body.dataset.vscodeThemeKind = bodyClass;
  }`);
}
