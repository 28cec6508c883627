/** Time, so that tests and soak runs can bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that only grow, for durations. */
  monotonic(): number;
  /** The date in the person's time zone as `YYYY-MM-DD`. */
  today(): string;
  /** IANA name of the person's time zone. */
  timeZone(): string;
  /** Waits `ms` milliseconds of monotonic time, or until the signal aborts; resolves either way. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}
