import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { launchChromium, openPage } from '../support/host/chromium';

describe('npm start', () => {
  it('opens VS Code on the sample workspace with the demo model and leaves nothing behind', async () => {
    const { OPENAI_API_KEY: _key, ...env } = process.env;
    const started = spawn('npm', ['start'], {
      env: { ...env, TANDEM_START_CHECK: '1' },
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    const ended = once(started, 'close');
    try {
      const url = await new Promise<string>((resolve, reject) => {
        createInterface({ input: started.stdout }).on('line', (line) => {
          lines.push(line);
          const found = /^VS Code: (http\S+)/.exec(line)?.[1];
          if (found) resolve(found);
        });
        started.once('exit', () => reject(new Error(`It ended early.\n${lines.join('\n')}`)));
      });
      assert.match(lines.join('\n'), /Model: +the scripted DEMO model/);
      await seeDemo(url);
    } finally {
      // As Ctrl-C does: to everything in the terminal's foreground.
      if (started.pid) process.kill(-started.pid, 'SIGINT');
    }
    await ended;
    const folder = /^Folder: +(\S+)/m.exec(lines.join('\n'))?.[1] ?? '';
    assert.equal(existsSync(folder), false);
  });
});

async function seeDemo(url: string): Promise<void> {
  const browser = await launchChromium();
  try {
    const page = await openPage(browser);
    await page.goto(url);
    await page.getByRole('tab', { name: 'Tandem' }).first().click();
    const view = page.frameLocator('iframe.webview.ready').frameLocator('iframe[title]');
    await view
      .getByText(/demo model/i)
      .first()
      .waitFor();
    await view.getByRole('button', { name: /test\.js/ }).waitFor();
    await view.getByRole('button', { name: /TODO/ }).waitFor();
  } finally {
    await browser.close();
  }
}
