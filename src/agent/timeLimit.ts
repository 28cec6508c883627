import { delay, endWaits, whenAborted } from '../base/abort';
import type { Access } from '../policy/access';

const minuteMs = 60_000;

/** What a tool that heeds its signal needs at most to end its processes; one that does not is left behind then. */
const graceMs = 10_000;

/** How long a call may take before it is given up; undefined for calls that wait for a person or end by themselves. */
export function timeLimitOf(access: Access): number | undefined {
  switch (access.kind) {
    case 'read':
      return 2 * minuteMs;
    // Saving may run formatters and language servers of open editors.
    case 'write':
      return 5 * minuteMs;
    // A command goes on in the background after 30 seconds at most; this only catches a terminal that hangs.
    case 'typing':
    case 'command':
      return 5 * minuteMs;
    case 'none':
      return undefined;
  }
}

/**
 * Runs work with a signal of its own that also aborts when the time is up.
 * @throws Error with words for the model when the time is up, an AbortError when the turn was stopped, also where the
 * work heeds no signal.
 */
export async function withTimeLimit<T>(
  limitMs: number | undefined,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeUp = new AbortController();
  const done = new AbortController();
  // Many calls run at once, so each listens to a signal of its own.
  const own = AbortSignal.any([signal, timeUp.signal]);
  const stopped = whenAborted(own);
  const given = [
    stopped.promise.then(async () => {
      await delay(graceMs, done.signal);
      signal.throwIfAborted();
    }),
  ];
  if (limitMs !== undefined) {
    given.push(
      delay(limitMs, done.signal).then(() => {
        if (done.signal.aborted) return;
        timeUp.abort();
        throw new Error(
          `it did not end within ${Math.round(limitMs / 1000)} seconds and was given up; what it had done by then stays`,
        );
      }),
    );
  }
  const result = work(own);
  try {
    return (await Promise.race([result, ...given])) as T;
  } finally {
    endWaits(done);
    stopped.release();
    // Whoever lost the race may still fail, and nobody waits for it any more.
    for (const late of [result, ...given]) late.catch(() => undefined);
  }
}
