import type { ChangedFile } from '../../src/protocol/changes';
import { slugFile } from '../e2e/viewPage/changedFiles';
import { changedState } from '../e2e/viewPage/changeStates';
import { openViewBrowser } from '../e2e/viewPage/openPage';
import { themes } from '../e2e/viewPage/themes';
import { printTable, spread, type Figure } from './figures';

/*
 * What a large change set costs the panel: the built page in Chromium, from the host's message, and from the person's
 * press, to what is painted.
 */

const rounds = 7;
const fileCount = 500;
const hunksPerFile = 10;

function manyFiles(): readonly ChangedFile[] {
  return Array.from({ length: fileCount }, (_, index) => ({
    ...slugFile,
    path: `src/part${index % 20}/file${String(index).padStart(3, '0')}.ts`,
    ...{ added: hunksPerFile, removed: hunksPerFile, live: `live ${index}` },
    hunks: Array.from({ length: hunksPerFile }, (_each, place) => ({
      ...slugFile.hunks[0]!,
      ...{ id: `${index} ${place}`, baseStart: place * 20, liveStart: place * 20 },
    })),
  }));
}

/** Runs in the page: milliseconds from `act` until what it leads to is painted. */
const timeInPage = `async (act, isThere) => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const startedAt = performance.now();
  act();
  while (!isThere()) {
    if (performance.now() - startedAt > 10_000) throw new Error('It never came: ' + isThere);
    await frame();
  }
  await frame();
  await new Promise((resolve) => setTimeout(resolve));
  return performance.now() - startedAt;
}`;

interface PanelTimes {
  readonly shown: number[];
  readonly pressed: number[];
  readonly opened: number[];
  readonly moved: number[];
}

/** Runs in the page, once with each number of rounds. */
function measureInPage(files: readonly ChangedFile[], seq: number): string {
  return `(async () => {
    const time = ${timeInPage};
    const files = ${JSON.stringify(files)};
    let seq = ${seq};
    const tell = (some) => {
      const event = { type: 'changes.updated', changeSet: { files: some, notes: [] }, at: 0 };
      const events = [{ ...event, seq: seq + 1, threadId: 'thread-1' }];
      window.tell('thread/events', { threadId: 'thread-1', afterSeq: seq, lastSeq: seq + 1, events });
      seq += 1;
    };
    const rows = () => document.querySelectorAll('.changes [data-row]');
    const header = () => document.querySelector('.changes .dock-line');
    const key = (name) =>
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
    const times = { shown: [], pressed: [], opened: [], moved: [] };
    for (let round = 0; round < ${rounds}; round += 1) {
      times.shown.push(await time(() => tell(files), () => rows().length > 5));
      await time(() => header().click(), () => rows().length === 0);
      times.pressed.push(await time(() => header().click(), () => rows().length > 5));
      await time(() => rows()[0].focus(), () => document.activeElement === rows()[0]);
      const before = document.activeElement;
      times.opened.push(
        await time(() => key('Enter'), () => before.getAttribute('aria-expanded') === 'true'),
      );
      times.moved.push(await time(() => key('End'), () => document.activeElement !== before));
      await time(() => tell([]), () => !header());
    }
    return times;
  })()`;
}

/** The panel with 500 files of ten hunks each. Needs the built view. */
export async function changesPanelFigures(): Promise<Figure[]> {
  const browser = await openViewBrowser();
  try {
    const state = changedState([]);
    const { page } = await browser.open({
      ...{ state, theme: themes['dark']!, width: 400, height: 900 },
    });
    const script = measureInPage(manyFiles(), state.thread?.seq ?? 0);
    const times = await page.evaluate<PanelTimes>(script);
    const figure = (name: string, values: readonly number[], limit?: number): Figure => ({
      ...{ name: `500 files, 5,000 hunks: ${name}`, unit: 'ms' },
      value: spread(values).median,
      ...(limit === undefined ? {} : { limit }),
    });
    return [
      figure('panel, from the message', times.shown, 300),
      figure('panel, opened by a press', times.pressed, 300),
      figure('a file opened by Enter', times.opened),
      figure('to the last row by End', times.moved),
    ];
  } finally {
    await browser.close();
  }
}

if (process.argv[1]?.includes('changesPanel')) {
  void changesPanelFigures().then((figures) => console.log(printTable(figures)));
}
