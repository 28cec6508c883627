import assert from 'node:assert/strict';
import { useTrackedFolder } from './trackedFolder';

describe('settling several parts of a change set as one', () => {
  const { desk, run, patch, turn, shown, hunkId } = useTrackedFolder('plain folder');
  const read = (path: string) => desk.folder.read(path);
  const resolved = () => desk.events.filter(({ type }) => type === 'hunk.resolved');

  beforeEach(async () => {
    await turn(async () => {
      await patch('a.txt', 'one\n2\n3\nfour\n5\n6\n7\neight\n');
      await run('echo more >> b.txt; echo new > c.txt');
    });
  });

  it('accepts some hunks of a file and whole other files, and tells it once', async () => {
    const hunkIds = [hunkId('a.txt', 2), hunkId('a.txt', 0)];
    await desk.tracker.resolve('accept', {
      parts: [{ path: 'a.txt', hunkIds }, { path: 'c.txt' }],
    });
    assert.deepEqual(shown(), ['a.txt update -4 +four', 'b.txt update - +more']);
    assert.equal(resolved().length, 1);
    await desk.tracker.resolve('reject', { path: 'a.txt' });
    assert.equal(read('a.txt'), 'one\n2\n3\n4\n5\n6\n7\neight\n');
  });

  it('rejects some hunks of a file and leaves the others', async () => {
    const hunkIds = [hunkId('a.txt', 0), hunkId('a.txt', 2)];
    await desk.tracker.resolve('reject', {
      parts: [{ path: 'a.txt', hunkIds }, { path: 'b.txt' }],
    });
    assert.deepEqual(shown(), ['a.txt update -4 +four', 'c.txt add - +new']);
    assert.equal(read('a.txt'), '1\n2\n3\nfour\n5\n6\n7\n8\n');
    assert.equal(read('b.txt'), 'b\n');
  });

  it('changes nothing where one of them is not there any more', async () => {
    const before = shown();
    for (const resolution of ['accept', 'reject'] as const) {
      const parts = [{ path: 'c.txt' }, { path: 'a.txt', hunkIds: [hunkId('a.txt', 0), 'gone'] }];
      await assert.rejects(desk.tracker.resolve(resolution, { parts }), /changed in the meantime/);
      const gone = { parts: [{ path: 'c.txt' }, { path: 'd.txt' }] };
      await assert.rejects(desk.tracker.resolve(resolution, gone), /d\.txt has no open changes/);
    }
    assert.deepEqual(shown(), before);
    assert.deepEqual(resolved(), []);
  });
});
