/** Runs pieces of work one after the other. */
export class WorkQueue {
  private tail: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private disposed = false;

  /** `onIdle` is called each time the last piece of work has ended. */
  constructor(private readonly onIdle: () => void) {}

  /** Resolves or rejects as the work does; later work runs in any case. */
  run(work: () => Promise<void>): Promise<void> {
    this.waiting += 1;
    const done = this.tail
      .then(async () => {
        if (!this.disposed) await work();
      })
      .finally(() => {
        this.waiting -= 1;
        if (this.waiting === 0 && !this.disposed) this.onIdle();
      });
    this.tail = done.catch(() => undefined);
    return done;
  }

  /** Resolves when all work has ended, well or not, also what is added meanwhile: only then is `onIdle` called. */
  async drained(): Promise<void> {
    for (let tail; tail !== this.tail; await tail) tail = this.tail;
  }

  /** Work that has not begun never will. */
  dispose(): void {
    this.disposed = true;
  }
}
