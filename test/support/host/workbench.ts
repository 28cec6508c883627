import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { launchChromium, openPage, patienceMs } from './chromium.ts';
import { fetchVscodeServer } from './fetchVscodeServer.ts';
import { copySampleWorkspace } from './sampleWorkspace.ts';
import { startVscodeServer } from './vscodeServer.ts';

/** How a window is opened; everything has a default. */
export interface WorkbenchOptions {
  /** `.../v1` of the model's server. */
  readonly baseUrl: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Puts more into the workspace (absolute), before the window opens. */
  readonly prepare?: (folder: string) => Promise<unknown>;
  /** True where the folder is opened in Restricted Mode. */
  readonly restricted?: boolean;
  /** Where installed extensions are; the extension in this clone is used where absent. */
  readonly extensionsFolder?: string;
  readonly width?: number;
  readonly height?: number;
}

const root = process.cwd();

/** A VS Code window on a fresh copy of the sample workspace, driven as a person would: by role and name. */
export class Workbench {
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const scratch = await mkdtemp(join(tmpdir(), 'tandem-window-'));
    const closers: (() => Promise<unknown>)[] = [
      () => rm(scratch, { recursive: true, force: true, maxRetries: 3 }),
    ];
    const close = async (): Promise<void> => {
      for (const closer of closers.splice(0).reverse()) await closer();
    };
    try {
      const folder = await copySampleWorkspace(root, scratch);
      await options.prepare?.(folder);
      const server = await startVscodeServer({
        installation: await fetchVscodeServer(join(root, '.vscode-test')),
        dataFolder: join(scratch, 'server-data'),
        ...(options.extensionsFolder ? { extensionsFolder: options.extensionsFolder } : {}),
        settings: { ...quietSettings, ...options.settings },
        ...(options.restricted ? { asksForTrust: true } : {}),
        env: {
          OPENAI_BASE_URL: options.baseUrl,
          OPENAI_API_KEY: 'test-key',
          TANDEM_HOME: join(scratch, 'home'),
          ...options.env,
        },
      });
      closers.push(() => server.stop());
      const browser = await launchChromium();
      closers.push(() => browser.close());
      const { width = 1280, height = 800 } = options;
      const page = await openWindowPage(browser, { width, height });
      const extension = options.extensionsFolder ? {} : { extension: root };
      const workbench = new Workbench(
        page,
        folder,
        server.windowUrl({ folder, ...extension }),
        close,
      );
      await workbench.load();
      return workbench;
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** A second window on the same folder, as in a browser of its own; it closes with this one. */
  async another(): Promise<Workbench> {
    const browser = this.page.context().browser();
    assert.ok(browser);
    const page = await openWindowPage(browser, this.page.viewportSize());
    const window = new Workbench(page, this.folder, this.url, () => page.context().close());
    await window.load();
    return window;
  }

  private constructor(
    readonly page: Page,
    /** The workspace folder; absolute. */
    readonly folder: string,
    private readonly url: string,
    readonly close: () => Promise<void>,
  ) {}

  /** Opens the window, or opens it again as "Reload Window" does. */
  async load(): Promise<void> {
    await this.page.goto(this.url);
    await this.page.getByRole('tab', { name: 'Explorer' }).first().waitFor();
  }

  /** The view's document, two frames deep. */
  get view(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe[title]');
  }

  get transcript(): Locator {
    return this.view.getByRole('log', { name: 'Transcript' });
  }

  get composer(): Locator {
    return this.view.getByRole('textbox', { name: 'Message Tandem' });
  }

  button(name: string | RegExp): Locator {
    return this.view.getByRole('button', { name, exact: typeof name === 'string' });
  }

  region(name: string): Locator {
    return this.view.getByRole('region', { name });
  }

  /** A link to a place in a file, in the final message. */
  cited(place: string): Locator {
    const link = this.transcript.getByRole('link', { name: place });
    return link.or(this.transcript.getByRole('button', { name: place })).last();
  }

  /** A CodeLens of the active editor. */
  lens(name: string): Locator {
    return this.editor.locator('.codelens-decoration').getByText(name, { exact: true }).first();
  }

  /** Opens everything in `part` that is folded, also what appears by that. */
  async openFolded(part: Locator): Promise<void> {
    const folded = part.getByRole('button', { expanded: false });
    while ((await folded.count()) > 0) await folded.first().click();
  }

  /** All of the transcript as a person reads it who goes through it from the top: only what is in sight is drawn. */
  async readTranscript(): Promise<string> {
    const texts: string[] = [];
    const place = () => this.transcript.evaluate((log: { scrollTop: number }) => log.scrollTop);
    const goToStart = async () => {
      await this.transcript.focus();
      await this.page.keyboard.press('Home');
      await this.page.waitForTimeout(500);
    };
    await goToStart();
    // Each fold that is opened brings later ones into sight, so this ends further down.
    await this.openFolded(this.transcript);
    await goToStart();
    for (let steps = 0; steps < 100; steps++) {
      texts.push(await this.transcript.innerText());
      const before = await place();
      await this.page.keyboard.press('PageDown');
      await this.page.waitForTimeout(300);
      if ((await place()) === before) break;
    }
    return texts.join('\n');
  }

  /**
   * Opens Tandem from the activity bar. A reloaded window brings back the view that was open, at a
   * moment of its own, and a press on the tab of an open view closes it: so press only while it is
   * closed, and again when it was closed by that.
   */
  async openTandem(): Promise<void> {
    const tab = this.page.getByRole('tab', { name: /^Tandem/ }).first();
    await tab.waitFor();
    const view = this.page.locator('.part.sidebar .composite.title', { hasText: 'Tandem' });
    for (let attempt = 0; attempt < 5 && !(await view.isVisible()); attempt++) {
      await tab.click();
      await view.waitFor({ timeout: 3000 }).catch(() => {});
    }
    await this.composer.waitFor();
  }

  /** Drags the edge of the side bar by so many pixels. */
  async widenSideBar(pixels: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    assert.ok(box);
    const [edge, middle] = [box.x + box.width, box.y + box.height / 2];
    await this.page.mouse.move(edge, middle);
    await this.page.mouse.down();
    await this.page.mouse.move(edge + pixels, middle, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Types a message, sends it, and waits until it stands in the transcript, where a turn has begun. */
  async send(text: string): Promise<void> {
    const said = this.transcript.getByText(text);
    const count = await said.count();
    await this.composer.fill(text);
    await this.button('Send').click();
    await said.nth(count).waitFor();
  }

  /** Waits until no turn runs. */
  async waitForEnd(): Promise<void> {
    await this.button('Send').waitFor();
    await this.button('Stop').waitFor({ state: 'hidden' });
  }

  /** Runs a command by its title, as from the command palette. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.pick(/Type the name of a command/, `>${title}`, title);
  }

  /**
   * Takes an entry of the context menu of `target`. A menu of VS Code ignores a press in the first 100 ms of its
   * life and stays open, so press again while it is there.
   */
  async takeFromMenu(target: Locator, name: string): Promise<void> {
    await target.click({ button: 'right' });
    const entry = this.page.getByRole('menuitem', { name });
    await entry.waitFor();
    for (let attempt = 0; attempt < 5 && (await entry.isVisible()); attempt++) {
      await entry.click({ timeout: 3000 }).catch(() => {});
      await entry.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => {});
    }
  }

  /** Opens a workspace file in the editor; `line` counts from 1. */
  async openFile(path: string, line = 1): Promise<void> {
    await this.page.keyboard.press('Control+p');
    const name = path.slice(path.lastIndexOf('/') + 1);
    await this.pick(/Search files by name/, `${path}:${line}`, name);
    await this.page.getByRole('tab', { name }).first().waitFor();
    await this.editor.waitFor();
  }

  /** Types into the quick input called `prompt` and takes the first entry that `entry` names. */
  private async pick(prompt: RegExp, text: string, entry: string): Promise<void> {
    const input = this.page.getByRole('textbox', { name: prompt });
    await input.or(this.page.getByRole('combobox', { name: prompt })).fill(text);
    await this.page.getByRole('option', { name: entry }).first().click();
  }

  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** The text of a workspace file as it is on disk. */
  async readFile(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8');
  }

  /** Waits until a file on disk says what it should. */
  async waitForFile(path: string, expected: string | RegExp): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const text = await this.readFile(path);
      if (typeof expected === 'string' ? text === expected : expected.test(text)) return;
      if (Date.now() > deadline) {
        if (typeof expected === 'string') assert.equal(text, expected);
        assert.match(text, new RegExp(expected));
      }
      await this.page.waitForTimeout(100);
    }
  }

  /** Keeps a picture of the window as `out/screenshots/<name>.png`. */
  async screenshot(name: string): Promise<void> {
    const folder = join(root, 'out', 'screenshots');
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  /** All frames, for a look at what went wrong. */
  frames(): readonly Frame[] {
    return this.page.frames();
  }
}

/** A page with storage of its own, and with what VS Code expects where it is driven by a test. */
async function openWindowPage(
  browser: Browser,
  viewport: { width: number; height: number } | null,
): Promise<Page> {
  const page = await openPage(browser, { viewport });
  await page.exposeFunction('codeAutomationLog', () => {});
  await page.exposeFunction('codeAutomationExit', () => {});
  return page;
}

/** No chat of VS Code's own, no tips, no pop-ups over what a test looks at. */
const quietSettings = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'typescript.disableAutomaticTypeAcquisition': true,
};
