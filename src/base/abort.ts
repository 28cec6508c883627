/** True for the error an aborted signal causes, however it was worded by the library that threw it. */
export function isAbortError(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === 'AbortError' || error.name === 'APIUserAbortError')
  );
}

/** Waits `ms` milliseconds, or until the signal aborts; resolves either way, the caller looks at the signal. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(stop, ms);
    signal.addEventListener('abort', stop);
  });
}

/** Ends waits on a signal of ours alone: nobody sees its reason, so no error with a stack is made for one. */
export function endWaits(controller: AbortController): void {
  controller.abort(null);
}

/** Resolves when the signal aborts. The listener goes when `release` is called, so nothing piles up. */
export function whenAborted(signal: AbortSignal): { promise: Promise<void>; release(): void } {
  let stop = () => {};
  const promise = new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    stop = () => resolve();
    signal.addEventListener('abort', stop, { once: true });
  });
  return { promise, release: () => signal.removeEventListener('abort', stop) };
}

/**
 * Resolves with what the work comes to, or with undefined `graceMs` after the signal aborted; the work goes on by
 * itself then, and whether it fails matters to nobody any more.
 */
export async function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  graceMs = 0,
): Promise<T | undefined> {
  const aborted = whenAborted(signal);
  const done = new AbortController();
  work.catch(() => undefined);
  try {
    return await Promise.race([
      work,
      aborted.promise.then(() => delay(graceMs, done.signal)).then(() => undefined),
    ]);
  } finally {
    endWaits(done);
    aborted.release();
  }
}
