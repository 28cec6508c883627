/** Work that can be interrupted wherever it yields. */
export type Steps<T> = Generator<void, T, void>;

/** So long the work may hold the thread up before others get their turn; half a frame. */
const sliceMs = 8;

/** Does all of the work at once. */
export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does the work in slices and lets everything else that waits go first in between. */
export async function runInSlices<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const end = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await nextTask();
  }
}

/** Resolves after timers, files and sockets had their turn; promises alone would starve them. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
