/** Aborts a request when nothing came for a while, or when the caller's signal aborts. */
export class IdleWatch {
  private readonly controller = new AbortController();
  private readonly onAbort = () => this.controller.abort();
  private timer: NodeJS.Timeout | undefined;
  expired = false;

  /** @param idleMs silence that is too long, in milliseconds. */
  constructor(
    private readonly idleMs: number,
    private readonly caller: AbortSignal,
  ) {
    caller.addEventListener('abort', this.onAbort);
    this.start();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  start(): void {
    this.timer = setTimeout(() => {
      this.expired = true;
      this.controller.abort();
    }, this.idleMs);
  }

  pause(): void {
    clearTimeout(this.timer);
  }

  stop(): void {
    this.pause();
    this.caller.removeEventListener('abort', this.onAbort);
    this.controller.abort();
  }
}
