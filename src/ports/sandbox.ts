/** Tells whether commands can be confined, and why not. */
export interface Sandbox {
  /** `undefined` where confined commands work; otherwise a sentence for people. */
  readonly unavailable: string | undefined;
}
