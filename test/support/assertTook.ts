import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Starting a process and hearing of its end takes an idle machine about so many milliseconds. */
const quietMs = 3;
const rounds = 20;

/**
 * Asserts that what took `ms` took less than `limitMs`. Where the machine itself is slow or busy, which is measured
 * only once the limit is passed, the limit is that much longer.
 */
export async function assertTook(ms: number, limitMs: number): Promise<void> {
  if (ms < limitMs) return;
  const limitHereMs = limitMs * (await slowness());
  assert.ok(ms < limitHereMs, `it took ${ms} ms of ${limitHereMs}`);
}

/** How many times longer than on an idle machine things take right now; at least 1. */
async function slowness(): Promise<number> {
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round++) await once(spawn('true'), 'exit');
  return Math.max(1, (performance.now() - startedAt) / (rounds * quietMs));
}
