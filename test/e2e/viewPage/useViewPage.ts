import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Remedy } from '../../../src/protocol/viewProtocol';
import { openViewBrowser, type OpenedPage, type ViewBrowser } from './openPage';
import type { PageState } from './states';
import { themes, type Theme } from './themes';

/** A request of the view to its host. */
export interface AskedRequest {
  readonly name: string;
  readonly params: unknown;
}

/** How a page is opened; a suite has defaults of its own. */
interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly clock?: 'stopped';
  readonly prepare?: (page: Page) => Promise<void>;
}

/** The view as the tests of one suite open it, a page for each. */
export class ViewPage {
  private browser: ViewBrowser | undefined;
  private opened: OpenedPage | undefined;

  constructor(private readonly defaults: PageOptions) {}

  /** The page opened last. */
  get page(): Page {
    assert.ok(this.opened, 'a page is open');
    return this.opened.page;
  }

  async open(state: PageState, options: PageOptions = {}): Promise<void> {
    assert.ok(this.browser, 'the browser is there');
    const common = { theme: themes.dark!, width: 400, height: 760 };
    this.opened = await this.browser.open({ state, ...common, ...this.defaults, ...options });
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /**
   * Waits until an expression holds in the page. Playwright's own wait evaluates inside the page, which the
   * view's content security policy forbids wherever it does not hold at the first look.
   */
  async until(expression: string): Promise<void> {
    const endsAt = Date.now() + 60_000;
    while (!(await this.page.evaluate<boolean>(expression))) {
      assert.ok(Date.now() < endsAt, `holds within a minute: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** From now on the host refuses this request with these words, and says what helps; without words it answers it again. */
  async refuse(request: string, message?: string, remedy?: Remedy): Promise<void> {
    const refusal = message === undefined ? undefined : { message, ...(remedy && { remedy }) };
    await this.page.evaluate(
      `window.refused[${JSON.stringify(request)}] = ${JSON.stringify(refusal)}`,
    );
  }

  /** What the view asked so far, without its first word. */
  async asked(): Promise<readonly AskedRequest[]> {
    const all = await this.page.evaluate<AskedRequest[]>('window.asked');
    return all.slice(1);
  }

  /** What the view asked last. */
  async lastAsked(): Promise<AskedRequest> {
    const all = await this.page.evaluate<AskedRequest[]>('window.asked');
    return all.at(-1)!;
  }

  /** With what the view asked for this, each time. */
  async askedFor(name: string): Promise<readonly unknown[]> {
    const all = await this.page.evaluate<AskedRequest[]>('window.asked');
    return all.filter((each) => each.name === name).map(({ params }) => params);
  }

  async begin(): Promise<void> {
    this.browser = await openViewBrowser();
  }

  /** Closes the page; a test fails where it had errors. */
  async closePage(): Promise<void> {
    const { close, errors } = this.opened ?? {};
    this.opened = undefined;
    await close?.();
    assert.deepEqual(errors ?? [], []);
  }

  async end(): Promise<void> {
    await this.browser?.close();
  }
}

/** The view for the tests of a suite, in one browser. */
export function useViewPage(defaults: PageOptions = {}): ViewPage {
  const view = new ViewPage(defaults);
  before(() => view.begin());
  afterEach(() => view.closePage());
  after(() => view.end());
  return view;
}
