import assert from 'node:assert/strict';
import { retryWords } from '../../../../webview-ui/src/views/Transcript/retryWords';

const error = { code: 'stream', message: 'x' } as const;

describe('the line of a failed request', () => {
  const cases = [
    ['network', 4200, 'Waiting for the network… trying again in 5 s'],
    ['network', 0, 'Waiting for the network… trying again'],
    ['rateLimit', 272_000, 'The server asks to wait, trying again in 4 min 32 s (attempt 2 of 5)'],
    ['retry', 800, 'Connection lost, trying again in 1 s (attempt 2 of 5)'],
    ['retry', -50, 'Connection lost, trying again (attempt 2 of 5)'],
  ] as const;
  for (const [waitingFor, leftMs, words] of cases) {
    it(words, () => {
      assert.equal(
        retryWords({ attempt: 2, waitingFor, delayMs: 5000, retriedAt: 0, error }, leftMs),
        words,
      );
    });
  }
});
