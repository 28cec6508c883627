import assert from 'node:assert/strict';
import { patchCall, useReviewDesk } from './reviewDesk';

const start = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
const edited = start.replace('two', 'TWO').replace('six', 'SIX');

describe('undo and redo across accept and reject', () => {
  const desk = useReviewDesk();

  beforeEach(async () => {
    await desk.write('a.txt', start);
    await desk.open('a.txt');
    const first = [' one', '-two', '+TWO', ' three'];
    const second = [' five', '-six', '+SIX', ' seven'];
    await desk.turn(patchCall(desk.path('a.txt'), first, second));
    await desk.hunks('a.txt', 2);
    desk.holds('a.txt', { disk: edited });
  });

  it('takes the agent’s whole edit back in one step, and brings it again', async () => {
    await desk.goBack('undo', 'a.txt', start);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: edited, buffer: start, dirty: true });
    await desk.goBack('redo', 'a.txt', edited);
    await desk.hunks('a.txt', 2);
    desk.holds('a.txt', { disk: edited });
    assert.equal(await desk.told(), '');
  });

  it('adds nothing to the undo stack when a hunk is accepted', async () => {
    await desk.settle('accept', 'a.txt', 0);
    await desk.hunks('a.txt', 1);
    desk.holds('a.txt', { disk: edited });
    await desk.goBack('undo', 'a.txt', start);
    await desk.hunks('a.txt', 0);
    await desk.goBack('redo', 'a.txt', edited);
    await desk.hunks('a.txt', 1);
    assert.equal(desk.pending('a.txt')?.hunks[0]?.added[0], 'SIX');
    assert.equal(await desk.told(), '');
  });

  it('opens a rejected hunk again with undo and closes it with redo, and tells the model how it ended', async () => {
    const rejected = start.replace('six', 'SIX');
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 1);
    desk.holds('a.txt', { disk: rejected });

    await desk.goBack('undo', 'a.txt', edited);
    await desk.hunks('a.txt', 2);
    desk.holds('a.txt', { disk: rejected, buffer: edited, dirty: true });
    assert.equal(await desk.told(), '', 'a reject that was undone');

    await desk.goBack('redo', 'a.txt', rejected);
    await desk.hunks('a.txt', 1);
    desk.holds('a.txt', { disk: rejected });
    assert.match(await desk.told(), /a\.txt/);
  });

  it('goes all the way back through a reject, an accept and the agent’s edit', async () => {
    const rejected = edited.replace('TWO', 'two');
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 1);
    await desk.settle('accept', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    await desk.goBack('undo', 'a.txt', edited, start);
    await desk.hunks('a.txt', 0);
    await desk.goBack('redo', 'a.txt', edited);
    await desk.hunks('a.txt', 1);
    assert.equal(desk.pending('a.txt')?.hunks[0]?.added[0], 'TWO');
    await desk.goBack('redo', 'a.txt', rejected);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: rejected });
  });
});
