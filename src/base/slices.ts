/** Work that can be interrupted wherever it yields. */
export type Steps<T> = Generator<void, T, void>;

/** So long work may hold the thread up before others get their turn; half a frame. */
const sliceMs = 8;

/** When the first work of this turn of the event loop began. */
let turnStartedAt: number | undefined;

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
    while (msInTurn() < sliceMs) {
      const step = steps.next();
      if (step.done) return step.value;
    }
    await nextTurn();
  }
}

/** Milliseconds since work began in this turn of the event loop: much small work in a row is as bad as one large. */
function msInTurn(): number {
  if (turnStartedAt === undefined) {
    turnStartedAt = performance.now();
    void nextTurn();
  }
  return performance.now() - turnStartedAt;
}

/** Resolves after timers, files and sockets had their turn; promises alone would starve them. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      turnStartedAt = undefined;
      resolve();
    }, 0);
  });
}
