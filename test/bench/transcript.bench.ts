import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import type { ThreadState } from '../../src/protocol/threadState';
import { longThread } from '../e2e/viewPage/longThread';
import { openViewBrowser, type ViewBrowser } from '../e2e/viewPage/openPage';
import { pageStates } from '../e2e/viewPage/states';
import { themes } from '../e2e/viewPage/themes';
import { printTable, spread, type Figure } from './figures';

/*
 * What a long thread costs the view: the built page in Chromium. A snapshot is parsed from JSON and posted as VS Code
 * does it; deltas arrive as messages of their own, which is more than the host ever sends.
 */

const rounds = 5;
const deltas = 2000;
const deltasPerFrame = 4;

/** Runs in the page: milliseconds from the message of the host until the end of the thread is painted. */
function openInPage(): string {
  return `(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const startedAt = performance.now();
    window.tell('thread/snapshot', { thread: JSON.parse(window.snapshot) });
    while (!document.querySelector('[role=log]')?.textContent.includes('So:')) await frame();
    await frame();
    await new Promise((resolve) => setTimeout(resolve));
    return performance.now() - startedAt;
  })()`;
}

/** Runs in the page: streams the deltas, some in each frame. */
function streamInPage(thread: ThreadState): string {
  const { threadId, seq, turns } = thread;
  const turnId = turns.at(-1)!.id;
  const batch = { threadId, afterSeq: seq, lastSeq: seq };
  const event = { seq, threadId, at: 0, type: 'item.delta', turnId, itemId: 'live' };
  return `(async () => {
    for (let sent = 0; sent < ${deltas}; ) {
      for (let each = 0; each < ${deltasPerFrame}; each += 1, sent += 1) {
        const text = sent % 40 === 39 ? 'end.\\n\\n' : 'word' + sent + ' ';
        const event = { ...${JSON.stringify(event)}, delta: { kind: 'text', text } };
        window.tell('thread/events', { ...${JSON.stringify(batch)}, events: [event] });
      }
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (!document.body.textContent.includes('word${deltas - 2}')) throw new Error('Not all came.');
  })()`;
}

interface ThreadCosts {
  readonly openMs: number;
  readonly wireMb: number;
  readonly heapMb: number;
  readonly processMb: number;
  readonly deltaMs: number;
  readonly longestTaskMs: number;
}

async function measureThread(browser: ViewBrowser, items: number): Promise<ThreadCosts> {
  const thread = longThread(items);
  const wire = JSON.stringify(thread);
  const state = { ...pageStates.empty, thread: null };
  const openMs: number[] = [];
  let costs: Omit<ThreadCosts, 'openMs' | 'wireMb'> | undefined;
  for (let round = 0; round < rounds; round++) {
    const { page } = await browser.open({
      ...{ state, theme: themes['dark']!, width: 400, height: 900 },
    });
    const session = await page.context().newCDPSession(page);
    const before = await readMemory(page, session);
    await page.evaluate(`window.snapshot = ${JSON.stringify(wire)}`);
    openMs.push(await page.evaluate<number>(openInPage()));
    if (round === rounds - 1) {
      await page.evaluate('window.snapshot = undefined');
      const after = await readMemory(page, session);
      const tasks = await traceTasks(page, () => page.evaluate(streamInPage(thread)));
      costs = {
        heapMb: after.heapMb,
        processMb: after.processMb - before.processMb,
        deltaMs: tasks.reduce((sum, ms) => sum + ms, 0) / deltas,
        longestTaskMs: Math.max(0, ...tasks),
      };
    }
    await page.close();
  }
  return { openMs: spread(openMs).median, wireMb: wire.length / 1024 / 1024, ...costs! };
}

/** Milliseconds that each task of the page took of its processor, which other programs do not add to. */
async function traceTasks(page: Page, act: () => Promise<unknown>): Promise<readonly number[]> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, {
    categories: ['__metadata', 'disabled-by-default-devtools.timeline', 'toplevel'],
  });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[];
  };
  const main = new Set(
    traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(placeOf),
  );
  return traceEvents
    .filter((event) => event.name.endsWith('RunTask') && main.has(placeOf(event)))
    .map(({ tdur = 0 }) => tdur / 1000);
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

function placeOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}

/** What the page's scripts hold, and what its process holds for itself alone. */
async function readMemory(
  page: Page,
  session: CDPSession,
): Promise<{ heapMb: number; processMb: number }> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const browser = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  await browser.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => privateMb(id));
  return { heapMb: usedSize / 1024 / 1024, processMb: Math.max(...sizes) };
}

function privateMb(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB/gm)];
  return kilobytes.reduce((sum, [, size]) => sum + Number(size), 0) / 1024;
}

/** From the navigation to the first paint of a thread, with the files in the browser's cache. */
async function firstPaint(browser: ViewBrowser): Promise<number> {
  const times: number[] = [];
  const { page } = await browser.open({
    ...{ state: pageStates.finished, theme: themes['dark']!, width: 400, height: 900 },
  });
  for (let round = 0; round < rounds; round++) {
    await page.reload();
    await page.getByRole('log').waitFor();
    times.push(
      await page.evaluate<number>(
        `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
      ),
    );
  }
  await page.close();
  return spread(times).median;
}

function bundleSizes(): Figure[] {
  const folder = 'dist/webview';
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js') && name !== 'main.js');
  const size = (name: string) => statSync(`${folder}/${name}`).size / 1024;
  return [
    { name: 'view: its style sheet', value: size('main.css'), unit: 'KB' },
    {
      name: 'view: what loads on demand',
      value: scripts.reduce((sum, name) => sum + size(name), 0),
      unit: 'KB',
    },
  ];
}

/** The transcript with 10,000 items, beside one with 100. Needs the built view. */
export async function transcriptFigures(): Promise<Figure[]> {
  const browser = await openViewBrowser();
  try {
    const short = await measureThread(browser, 100);
    const long = await measureThread(browser, 10_000);
    const name = 'a thread of 10,000 items';
    return [
      { name: 'view: first paint, warm', value: await firstPaint(browser), unit: 'ms', limit: 300 },
      { name: `view: ${name} opened`, value: long.openMs, unit: 'ms', limit: 500 },
      { name: 'view: the message that brings it', value: long.wireMb, unit: 'MB' },
      { name: `view: memory of its scripts then`, value: long.heapMb, unit: 'MB', limit: 150 },
      { name: `view: growth of its process`, value: long.processMb, unit: 'MB', limit: 150 },
      { name: 'view: a delta of 2,000 at 100 items', value: short.deltaMs, unit: 'ms' },
      {
        ...{ name: 'view: a delta of 2,000 at 10,000 items', value: long.deltaMs, unit: 'ms' },
        limit: Number((short.deltaMs * 1.2).toFixed(2)),
      },
      {
        ...{ name: 'view: longest task meanwhile', value: long.longestTaskMs, unit: 'ms' },
        limit: 50,
      },
      ...bundleSizes(),
    ];
  } finally {
    await browser.close();
  }
}

if (process.argv[1]?.includes('transcript')) {
  void transcriptFigures().then((figures) => console.log(printTable(figures)));
}
