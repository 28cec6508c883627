import assert from 'node:assert/strict';
import { noRetries, planRetry, type PastRetries } from '../../../src/agent/retryPolicy';
import { ModelError } from '../../../src/ports/model';

const stream = new ModelError('stream', 'Reset.', { retryable: true });
const offline = new ModelError('stream', 'No network.', { retryable: true, offline: true });
const final = new ModelError('invalidRequest', 'No.', { retryable: false });
const limited = (retryAfterMs?: number) =>
  new ModelError('rateLimit', 'Slow down.', { retryable: true, retryAfterMs });

/** Fails with these errors one after the other; answers what each waited for. */
function plan(errors: readonly ModelError[]): string[] {
  let past: PastRetries | undefined = noRetries;
  return errors.map((error) => {
    const retry = past && planRetry(error, past, 0.5);
    past = retry?.past;
    return retry ? `${retry.waitingFor} ${retry.delayMs}` : 'final';
  });
}

const repeat = (error: ModelError, times: number) => Array<ModelError>(times).fill(error);
const quick = ['retry 200', 'retry 400', 'retry 800', 'retry 1600', 'retry 3200'];

describe('the plan for a failed request', () => {
  const cases: [string, readonly ModelError[], readonly string[]][] = [
    ['gives up at once where retrying cannot help', [final], ['final']],
    ['retries five times, each after twice as long', repeat(stream, 6), [...quick, 'final']],
    ['waits as long as the server asks', [limited(7000)], ['rateLimit 7000']],
    ['waits at most five minutes', [limited(86_400_000)], ['rateLimit 300000']],
    ['backs off where the server says nothing', [limited()], ['rateLimit 200']],
    ['backs off where the server says "now"', [limited(0)], ['rateLimit 200']],
    [
      'waits for the network without an end once the quick retries are spent',
      repeat(offline, 12),
      [
        ...quick,
        ...['network 5000', 'network 10000', 'network 20000', 'network 40000', 'network 60000'],
        ...['network 60000', 'network 60000'],
      ],
    ],
    [
      'gives the server its own retries when the network is back',
      [...repeat(offline, 6), ...repeat(stream, 6)],
      [...quick, 'network 5000', ...quick, 'final'],
    ],
    [
      'waits for the network when it goes away between retries',
      [...repeat(stream, 5), offline, offline],
      [...quick, 'network 5000', 'network 10000'],
    ],
  ];
  for (const [name, errors, expected] of cases) {
    it(name, () => assert.deepEqual(plan(errors), expected));
  }

  it('spreads quick retries by a tenth', () => {
    assert.equal(planRetry(stream, noRetries, 0)?.delayMs, 180);
    assert.equal(Math.round(planRetry(stream, noRetries, 1)?.delayMs ?? 0), 220);
  });
});
