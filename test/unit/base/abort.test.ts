import assert from 'node:assert/strict';
import { defer } from '../../../src/base/deferred';
import { untilAborted } from '../../../src/base/abort';

describe('untilAborted', () => {
  it('hands on what the work comes to, or its failure', async () => {
    const { signal } = new AbortController();
    assert.equal(await untilAborted(Promise.resolve(7), signal), 7);
    await assert.rejects(untilAborted(Promise.reject(new Error('no')), signal), /no/);
  });

  it('does not wait for work that heeds no signal', async () => {
    const abort = new AbortController();
    const work = defer<number>();
    const waiting = untilAborted(work.promise, abort.signal, 5);
    abort.abort();
    assert.equal(await waiting, undefined);
    // Its failure later bothers nobody.
    work.reject(new Error('late'));
  });

  it('takes what comes within the grace', async () => {
    const abort = new AbortController();
    const work = defer<number>();
    const waiting = untilAborted(work.promise, abort.signal, 60_000);
    abort.abort();
    work.resolve(7);
    assert.equal(await waiting, 7);
  });
});
