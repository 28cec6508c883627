import type { ModelError } from '../ports/model';

/** Times in a row that a request which broke off is sent again. */
export const maxRetries = 5;
const firstBackoffMs = 200;
/** A server cannot make a turn wait longer than this for one retry. */
const maxWaitMs = 5 * 60_000;
const firstNetworkWaitMs = 5_000;
const maxNetworkWaitMs = 60_000;

/** What one request went through so far: retries while the server could be reached, and waits while it could not. */
export interface PastRetries {
  readonly retries: number;
  readonly networkWaits: number;
}

export const noRetries: PastRetries = { retries: 0, networkWaits: 0 };

/** How a failed request goes on. */
export interface PlannedRetry {
  readonly waitingFor: 'retry' | 'rateLimit' | 'network';
  readonly delayMs: number;
  /** What is past once this retry was made. */
  readonly past: PastRetries;
}

/**
 * Whether a failed request is sent again, and after how long; undefined where the failure is final. Five quick
 * retries (200 ms doubled, or as long as the server asks, at most 5 minutes); a server that still cannot be reached is
 * waited for without an end (5 s doubled up to a minute): the network comes back, and the person can stop the turn.
 * @param jitter from 0 to 1; spreads the quick retries by a tenth so that many clients do not come back at once.
 */
export function planRetry(
  error: ModelError,
  past: PastRetries,
  jitter: number,
): PlannedRetry | undefined {
  if (!error.retryable) return undefined;
  if (error.offline && past.retries >= maxRetries) {
    const delayMs = Math.min(firstNetworkWaitMs * 2 ** past.networkWaits, maxNetworkWaitMs);
    const networkWaits = past.networkWaits + 1;
    return { waitingFor: 'network', delayMs, past: { ...past, networkWaits } };
  }
  // The network is back, so the server gets its own retries.
  const retries = past.networkWaits > 0 ? 0 : past.retries;
  if (retries >= maxRetries) return undefined;
  const backoffMs = firstBackoffMs * 2 ** retries * (0.9 + jitter * 0.2);
  return {
    waitingFor: error.code === 'rateLimit' ? 'rateLimit' : 'retry',
    // "Now" is no time: five retries would be gone at once.
    delayMs: Math.min(error.retryAfterMs || backoffMs, maxWaitMs),
    past: { retries: retries + 1, networkWaits: 0 },
  };
}
