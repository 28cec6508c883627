import assert from 'node:assert/strict';
import type { ChangedFile } from '../../../src/protocol/changes';
import { slugFile } from './changedFiles';
import { changedState, changeStates, rowFiles } from './changeStates';
import type { PageState } from './states';
import { useViewPage } from './useViewPage';

describe('the changes in the panel', function () {
  this.timeout(60_000);
  const view = useViewPage({ height: 900 });

  const tree = () => view.page.getByRole('tree', { name: 'Changed files' });
  const row = (name: string | RegExp) => tree().getByRole('treeitem', { name });
  const button = (name: string) => view.button(name);
  const focused = () =>
    view.page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await view.page.keyboard.press(key);
  };
  const resolved = () => view.askedFor('changes/resolve');
  async function group(label: string): Promise<void> {
    await view.page.getByRole('combobox', { name: 'Group changes' }).click();
    await view.page.getByRole('option', { name: label, exact: true }).click();
  }
  function tellChanges(files: readonly ChangedFile[], afterSeq: number): Promise<unknown> {
    const changeSet = { files, notes: [] };
    const event = { type: 'changes.updated', changeSet, seq: afterSeq + 1, at: 0 };
    const events = [{ ...event, threadId: 'thread-1' }];
    const params = { threadId: 'thread-1', afterSeq, lastSeq: afterSeq + 1, events };
    return view.page.evaluate(`window.tell('thread/events', ${JSON.stringify(params)})`);
  }
  const seqOf = (state: PageState) => state.thread?.seq ?? 0;

  it('says of each file what it is, who made it, and what is not watched', async () => {
    await view.open(changeStates['rows']!);
    for (const [name, text] of [
      [/^media\/logo\.png, new, binary$/, /logo\.png/],
      [/^run\.sh, executable/, /run\.sh.*by npm run format/s],
      [/^src\/gone\.ts, deleted/, /−1/],
      [/^src\/money\.ts, renamed/, /renamed/],
      [/^src\/new\.ts, new, 1 added, 0 removed/, /by node generate\.js/],
      [/^src\/closed\.ts, view only/, /view only/],
    ] as const) {
      await row(name).scrollIntoViewIfNeeded();
      assert.match(await row(name).innerText(), text);
    }
    await view.page.getByText('Not watched, over 5 MB: data/prices.csv.').waitFor();
    assert.equal(await row(/old\/money/).count(), 0);
    await row(/^src\/money\.ts/).focus();
    await press('Enter');
    await tree().getByText('Renamed from src/old/money.ts; its content is the same.').waitFor();
    await tree().getByText('Turn 2, step 1: npm run format').waitFor();
    await button('Reject src/money.ts').click();
    await button('Reject src/closed.ts').isDisabled();
    assert.deepEqual(await resolved(), [
      {
        resolution: 'reject',
        target: { parts: [{ path: 'src/money.ts' }, { path: 'src/old/money.ts' }] },
      },
    ]);
  });

  it('B10 marks files that other programs run or obey, which are accepted by themselves', async () => {
    await view.open(changedState([{ ...slugFile, path: 'Makefile', obeyed: 'makefile' }]));
    await row(/^Makefile, .*Other programs run or obey makefile: accept it by itself$/).waitFor();
    await tree().getByTitle('Other programs run or obey makefile: accept it by itself').waitFor();
    await button('Accept Makefile').click();
    assert.deepEqual(await resolved(), [{ resolution: 'accept', target: { path: 'Makefile' } }]);
  });

  it('shows what changed inside lines, with the lines around, ends of lines and what is invisible', async () => {
    await view.open(changeStates['reviewed']!);
    const words = tree().locator('.diff-word');
    await words.getByText('replaceAll').waitFor();
    await tree().getByText('/** Makes a part of an address. */').waitFor();
    await row(/^src\/cart\.ts/).focus();
    await tree().locator('.removed').getByText('CRLF').waitFor();
    await tree().locator('.added').getByText('LF', { exact: true }).first().waitFor();
    // A tab became two blanks.
    await words.getByText('→').waitFor();
    await words.getByText('··').first().waitFor();
    await row(/^src\/odd\.ts/).focus();
    await press('Enter');
    await tree().getByText('U+202E').waitFor();
    await tree().getByText('no line end').waitFor();
    await button('Show 577 more characters').click();
    await tree()
      .getByText(/"(0123456789){80}"/)
      .waitFor();
  });

  it('shows a notebook by its cells', async () => {
    await view.open(changeStates['rows']!);
    await tree().getByText('Cell 3 (code)').waitFor();
    await tree().getByText('plot(a, b)').waitFor();
    await tree().getByText('Outputs: 12 lines of JSON changed').waitFor();
  });

  it('goes through files and hunks by keyboard, and on to the next when one is settled', async () => {
    const state = changeStates['reviewed']!;
    await view.open(state);
    await row(/^src\/slug\.js/).focus();
    await press('ArrowDown', 'ArrowDown');
    assert.match(await focused(), /^src\/cart\.ts, 4 added, 2 removed/);
    await press('ArrowRight', 'ArrowRight', 'ArrowDown');
    assert.match(await focused(), /^Hunk 2 of 3, line 31, 1 added, 1 removed/);
    await press('Enter', 'a');
    assert.match(await focused(), /^Hunk 3 of 3/);
    await press('r');
    assert.match(await focused(), /^src\/odd\.ts/);
    await press('ArrowUp', 'ArrowLeft');
    assert.match(await focused(), /^src\/cart\.ts/);
    await press('ArrowLeft', 'a');
    assert.match(await focused(), /^src\/odd\.ts/);
    assert.deepEqual(await resolved(), [
      { resolution: 'accept', target: { path: 'src/cart.ts', hunkId: 'cart-2' } },
      { resolution: 'reject', target: { path: 'src/cart.ts', hunkId: 'cart-3' } },
      { resolution: 'accept', target: { path: 'src/cart.ts' } },
    ]);
    assert.deepEqual(await view.askedFor('file/open'), [{ path: 'src/cart.ts', line: 31 }]);
    // What has the focus is settled elsewhere: the next row takes it.
    await tellChanges([slugFile], seqOf(state));
    await view.until(
      `/slug|^Hunk 1 of 1/.test(document.activeElement.getAttribute('aria-label') ?? '')`,
    );
  });

  it('leaves the focus where the person put it', async () => {
    const state = changeStates['reviewed']!;
    await view.open(state);
    await row(/^src\/slug\.js/).focus();
    await view.page.getByRole('textbox', { name: 'Message Tandem' }).focus();
    await tellChanges([slugFile], seqOf(state));
    await view.page.getByRole('region', { name: 'Changes' }).getByText('1 file').waitFor();
    assert.equal(await focused(), 'Message Tandem');
  });

  it('groups by step, and settles what one step made as one', async () => {
    await view.open(changeStates['rows']!);
    await group('By step');
    await button('Accept all of Turn 2, step 3').click();
    await button('Reject src/cart.ts of Turn 2, step 1').click();
    assert.deepEqual(await resolved(), [
      {
        resolution: 'accept',
        target: {
          parts: [{ path: 'src/cart.ts', hunkIds: ['cart-3'] }, { path: 'src/new.ts' }],
          group: true,
        },
      },
      {
        resolution: 'reject',
        target: { parts: [{ path: 'src/cart.ts', hunkIds: ['cart-2'] }] },
      },
    ]);
    await group('By turn');
    await row(/^Turn 2: Now format it all and generate the tables/).waitFor();
    await button('Reject all of Turn 1').waitFor();
  });

  it('tells what is new since the last look, and remembers the look', async () => {
    await view.open(changeStates['seen']!);
    const news = view.page.locator('.change-news');
    await news.getByText('9 new').waitFor();
    await group('Since I last looked');
    assert.deepEqual(
      await row(/^(?:New since|Seen before)/)
        .allInnerTexts()
        .then((all) => all.length),
      2,
    );
    await button('Accept src/cart.ts of New since you last looked').click();
    const parts = [{ path: 'src/cart.ts', hunkIds: ['cart-3'] }];
    assert.deepEqual(await resolved(), [{ resolution: 'accept', target: { parts } }]);
    await button('Mark as seen').click();
    await news.waitFor({ state: 'detached' });
    const marks = "window.read.filter(({ name }) => name === 'changes/markSeen').length";
    const before = await view.page.evaluate<number>(marks);
    await view.page.getByRole('button', { name: /^Changes/ }).click();
    await view.until(`${marks} > ${before}`);
    const read =
      await view.page.evaluate<{ name: string; params: { seen: object } }[]>('window.read');
    const seen = read.findLast(({ name }) => name === 'changes/markSeen')?.params.seen;
    assert.deepEqual(
      Object.keys(seen ?? {}),
      rowFiles.map(({ path }) => path),
    );
  });

  it('draws of thousands of hunks only those in sight, and reaches all of them', async () => {
    const files = Array.from({ length: 500 }, (_, index) => {
      const hunks = Array.from({ length: 10 }, (_each, place) => ({
        ...slugFile.hunks[0]!,
        ...{ id: `${index} ${place}`, liveStart: place * 20, baseStart: place * 20 },
      }));
      return { ...slugFile, path: `src/file${String(index).padStart(3, '0')}.ts`, hunks };
    });
    await view.open(changedState(files));
    const drawn = () => view.page.locator('[data-row]').count();
    await row(/^src\/file000/).waitFor();
    assert.ok((await drawn()) < 60, `${await drawn()} rows are drawn`);
    await row(/^src\/file000/).focus();
    await press('End', 'ArrowRight', 'ArrowRight');
    assert.match(await focused(), /^Hunk 1 of 10/);
    await press('End');
    assert.match(await focused(), /^Hunk 10 of 10/);
    await view.page.mouse.move(200, 800);
    await view.page.evaluate(`document.querySelector('.change-list').scrollTo(0, 0)`);
    await row(/^src\/file000/).waitFor();
    assert.match(await focused(), /^Hunk 10 of 10/);
    await press('ArrowUp');
    assert.match(await focused(), /^Hunk 9 of 10/);
    assert.ok((await drawn()) < 60);
  });
});
