import assert from 'node:assert/strict';
import { until } from '../tandemHost';
import { patchCall, shellCall, useReviewDesk } from './reviewDesk';

const start = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n';
const second = start.replace('two', 'TWO');
const both = second.replace('seven', 'SEVEN');

describe('two threads on one file', () => {
  const desk = useReviewDesk();

  beforeEach(async () => {
    await desk.write('a.txt', start);
    await desk.open('a.txt');
  });

  const patch = (from: string, to: string) => patchCall(desk.path('a.txt'), [`-${from}`, `+${to}`]);

  /** Another thread is shown, a new one where none is named. */
  async function show(id?: string): Promise<void> {
    if (id === undefined) desk.host.shown.clear();
    else await desk.host.shown.open(id);
  }

  const shown = () => desk.host.shown.current?.id ?? '';

  const hunks = () =>
    desk.pending('a.txt')?.hunks.map(({ removed, added }) => `-${removed.join()} +${added.join()}`);

  /** The first thread changes line 2, the second line 7; the second is shown then. */
  async function changeInBoth(): Promise<{ readonly first: string; readonly other: string }> {
    await desk.turn(patch('two', 'TWO'));
    await desk.hunks('a.txt', 1);
    const first = shown();
    await show();
    await desk.turn(patch('seven', 'SEVEN'));
    await desk.hunks('a.txt', 1);
    return { first, other: shown() };
  }

  it('show each its own hunks, and settling those of one never loses the other’s', async () => {
    const { first, other } = await changeInBoth();
    desk.holds('a.txt', { disk: both });
    assert.deepEqual(hunks(), ['-seven +SEVEN']);
    await show(first);
    assert.equal(desk.pending('a.txt')?.viewOnly, undefined);
    assert.deepEqual(hunks(), ['-two +TWO']);

    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: start.replace('seven', 'SEVEN') });
    await desk.goBack('undo', 'a.txt', both);
    await desk.hunks('a.txt', 1);
    assert.deepEqual(hunks(), ['-two +TWO']);
    await show(other);
    await until(() => hunks()?.join() === '-seven +SEVEN');
    await show(first);
    await desk.settle('accept', 'a.txt');
    await desk.hunks('a.txt', 0);
    await show(other);
    await desk.settle('reject', 'a.txt');
    await desk.hunks('a.txt', 0);
    // The undo left the text unsaved, and so it stays.
    const disk = start.replace('seven', 'SEVEN');
    desk.holds('a.txt', { disk, buffer: second, dirty: true });
  });

  it('are each told what happened to its own edit, and that the file is another one by now', async () => {
    const { first, other } = await changeInBoth();
    await show(first);
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    const told = await desk.told();
    assert.match(told, /Rejected[^]*a\.txt, line 2:\n-two\n\+TWO/);
    assert.doesNotMatch(told, /SEVEN/);
    await show(other);
    await until(() => hunks()?.join() === '-seven +SEVEN');
    const toldToOther = await desk.told();
    assert.doesNotMatch(toldToOther, /Rejected/);
    assert.match(toldToOther, /read these files again[^]*a\.txt/);
    desk.holds('a.txt', { disk: start.replace('seven', 'SEVEN') });
  });

  it('that change the same line go on from each other, and back one after the other', async () => {
    await desk.turn(patch('two', 'TWO'));
    await desk.hunks('a.txt', 1);
    const first = shown();
    await show();
    await desk.turn(patch('TWO', 'zwei'));
    await desk.hunks('a.txt', 1);
    assert.deepEqual(hunks(), ['-TWO +zwei']);
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: second });
    await show(first);
    await until(() => hunks()?.join() === '-two +TWO');
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: start });
  });

  it('of which one runs a command while the other edits keep apart who wrote what', async () => {
    const before = desk.requests.length;
    const running = desk.turn(shellCall(`sleep 3; sed -i s/four/FOUR/ ${desk.path('a.txt')}`));
    await until(() => desk.requests.length > before);
    const first = shown();
    await show();
    await desk.turn(patch('seven', 'SEVEN'));
    await desk.hunks('a.txt', 1);
    assert.deepEqual(hunks(), ['-seven +SEVEN']);
    const other = shown();
    await running;
    await show(first);
    await desk.hunks('a.txt', 1);
    assert.deepEqual(hunks(), ['-four +FOUR']);
    const written = start.replace('seven', 'SEVEN').replace('four', 'FOUR');
    await desk.shows('a.txt', written);
    await show(other);
    await desk.settle('reject', 'a.txt');
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: start.replace('four', 'FOUR') });
    await show(first);
    await until(() => hunks()?.join() === '-four +FOUR');
  });
});
