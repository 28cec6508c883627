// Draws every scene in every theme, narrow and wide, into out/screenshots.
//   node esbuild.mjs webview tests && node out/test/e2e/viewPage/screenshots.entry.js [part of a name]
import { mkdir } from 'node:fs/promises';
import { openViewBrowser } from './openPage';
import { scenes } from './scenes';
import { themes } from './themes';

const widths = [220, 400, 900];
const height = 760;
const folder = 'out/screenshots';

async function main(wanted: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const browser = await openViewBrowser();
  try {
    for (const [sceneName, { state, act }] of Object.entries(scenes)) {
      for (const [themeName, theme] of Object.entries(themes)) {
        for (const width of widths) {
          const name = `${sceneName}-${themeName}-${width}`;
          if (!name.includes(wanted)) continue;
          const { page, errors } = await browser.open({ state, theme, width, height });
          await act?.(page);
          // The font of the icons, the Markdown chunk and the arming of approvals take a moment.
          await page.waitForTimeout(700);
          await page.screenshot({ path: `${folder}/${name}.png` });
          for (const error of errors) console.error(`${name}: ${error}`);
          await page.close();
        }
      }
    }
  } finally {
    await browser.close();
  }
}

void main(process.argv[2] ?? '');
