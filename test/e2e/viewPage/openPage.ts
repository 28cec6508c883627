import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { viewHtml } from '../../../src/extension/views/viewHtml';
import { launchChromium, openPage } from '../../support/host/chromium';
import { fakeHostScript } from './fakeHost';
import type { PageState } from './states';
import type { Theme } from './themes';

const mimeTypes: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

/** A language as the extension gives it to the page. */
export interface PageLanguage {
  readonly name: string;
  readonly translations: Readonly<Record<string, string>>;
}

const english: PageLanguage = { name: 'en', translations: {} };

/** A page with the view in it. */
export interface OpenedPage {
  readonly page: Page;
  readonly errors: string[];
  readonly close: () => Promise<void>;
}

/** A browser and a server of the built bundle, for looking at the view without VS Code. */
export interface ViewBrowser {
  /**
   * Opens the view in a page; the page's errors, those of its policy included, land in `errors`. `close` ends its use:
   * a page takes a second of a processor to begin and a quarter of it to begin anew, so most are used again.
   */
  open(options: {
    readonly state: PageState;
    readonly theme: Theme;
    readonly width: number;
    readonly height: number;
    /** Stops the page's clock; it runs by `page.clock.runFor` then. */
    readonly clock?: 'stopped';
    /** English where not given. */
    readonly language?: PageLanguage;
    /** Done with the page before it loads. */
    readonly prepare?: (page: Page) => Promise<void>;
  }): Promise<OpenedPage>;
  close(): Promise<void>;
}

/**
 * The toolkit tries to add an empty style element, which the policy forbids as it is meant to (its hash is that of
 * nothing); and browsers ask every server for an icon.
 */
const expectedErrors = /sha256-47DEQpj8HBSa\+\/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU=|404/;

/** Serves `dist/webview` below the working directory with the page and policy that the extension uses. */
export async function openViewBrowser(): Promise<ViewBrowser> {
  const languages = new Map([['en', english]]);
  /** Scripts that stand in for the host of a page, by a number. */
  const hosts: string[] = [];
  const waiting: Page[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const language = languages.get(searchParams.get('language') ?? 'en') ?? english;
    const host = searchParams.get('host');
    if (pathname === '/host.js') {
      response.setHeader('content-type', 'text/javascript').end(hosts[Number(host)]);
      return;
    }
    void answer(pathname, `http://localhost:${portOf(server)}`, language, host).then(
      ({ type, body }) => response.setHeader('content-type', type).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  return {
    async open({ state, theme, width, height, clock, language = english, prepare }) {
      languages.set(language.name, language);
      const script = fakeHostScript(state, theme);
      const isOrdinary = clock === undefined && prepare === undefined;
      const page =
        (isOrdinary ? await useAgain(waiting.pop(), { width, height }) : undefined) ??
        (await openPage(browser, { viewport: { width, height } }));
      if (clock === 'stopped') {
        await page.clock.install({ time: 0 });
        await page.clock.pauseAt(1000);
      }
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        const text = message.text();
        if (message.type() === 'error' && !expectedErrors.test(text)) errors.push(text);
      });
      if (!isOrdinary) await page.addInitScript(script);
      await prepare?.(page);
      const host = isOrdinary ? `&host=${hosts.push(script) - 1}` : '';
      await page.goto(`http://localhost:${portOf(server)}/?language=${language.name}${host}`);
      await page.locator('.composer textarea').waitFor();
      return {
        page,
        errors,
        async close() {
          page.removeAllListeners('pageerror').removeAllListeners('console');
          if (isOrdinary && !page.isClosed()) waiting.push(page);
          else await page.close();
        },
      };
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A page as if it were a new one. */
async function useAgain(
  page: Page | undefined,
  viewport: { readonly width: number; readonly height: number },
): Promise<Page | undefined> {
  if (!page) return undefined;
  await page.context().setOffline(false);
  await page.emulateMedia({ reducedMotion: null });
  await page.setViewportSize(viewport);
  await page.mouse.move(0, 0);
  return page;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function answer(
  path: string,
  origin: string,
  language: PageLanguage,
  host: string | null,
): Promise<{ type: string; body: string | Buffer }> {
  if (path === '/') {
    const html = viewHtml({
      scriptUri: '/main.js',
      styleUri: '/main.css',
      cspSource: origin,
      nonce: 'nonce',
      language: language.name,
      translations: language.translations,
    });
    const script = `<head>\n<script src="/host.js?host=${host}"></script>`;
    return { type: 'text/html', body: host === null ? html : html.replace('<head>', script) };
  }
  if (path === '/fonts.css') return { type: 'text/css', body: fontRules() };
  const folder = path.startsWith('/@fontsource/') ? 'node_modules' : 'dist/webview';
  const body = await readFile(join(folder, path));
  return { type: mimeTypes[extname(path)] ?? 'application/octet-stream', body };
}

/** Fonts that look the same on every machine, for pages whose theme names them. */
function fontRules(): string {
  const faces = [
    ...[400, 600, 700].map((weight) => ['Inter', 'inter', weight] as const),
    ...[400, 700].map((weight) => ['DejaVu Mono', 'dejavu-mono', weight] as const),
  ];
  return faces
    .map(([family, name, weight]) => {
      const url = `/@fontsource/${name}/files/${name}-latin-${weight}-normal.woff2`;
      return `@font-face { font-family: "${family}"; font-weight: ${weight}; src: url("${url}") }`;
    })
    .join('\n');
}
