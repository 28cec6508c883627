import assert from 'node:assert/strict';
import { timeLimitOf, withTimeLimit } from '../../../src/agent/timeLimit';

describe('the time limit of a call', () => {
  const never = new AbortController().signal;

  it('hands over what comes in time', async () => {
    assert.equal(await withTimeLimit(1000, never, async () => 'in time'), 'in time');
    await assert.rejects(
      withTimeLimit(1000, never, () => Promise.reject(new Error('its own'))),
      /its own/,
    );
  });

  it('gives up what never ends, and aborts its signal', async () => {
    let seen: AbortSignal | undefined;
    const work = (signal: AbortSignal) => {
      seen = signal;
      return new Promise<never>(() => {});
    };
    await assert.rejects(withTimeLimit(20, never, work), /did not end within .* and was given up/);
    assert.equal(seen?.aborted, true);
  });

  it('bounds everything but what waits for a person or ends by itself', () => {
    assert.equal(timeLimitOf({ kind: 'none' }), undefined);
    for (const kind of ['read', 'write'] as const) assert.ok(timeLimitOf({ kind, paths: [] })! > 0);
  });
});
