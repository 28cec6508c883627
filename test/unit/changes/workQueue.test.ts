import assert from 'node:assert/strict';
import { WorkQueue } from '../../../src/changes/workQueue';
import { defer } from '../../../src/base/deferred';

describe('a queue of work', () => {
  it('is drained when what was added meanwhile has ended too, and that is told', async () => {
    const heard: string[] = [];
    const queue = new WorkQueue(() => heard.push('idle'));
    const [first, second] = [defer<void>(), defer<void>()];
    void queue.run(() => first.promise);
    const drained = queue.drained().then(() => heard.push('drained'));
    void queue.run(() => second.promise);
    first.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(heard, []);
    second.resolve();
    await drained;
    assert.deepEqual(heard, ['idle', 'drained']);
  });
});
