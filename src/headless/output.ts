/** Where a run writes to. */
export interface Output {
  /** Results, for programs. */
  out(text: string): void;
  /** Progress, for people. */
  err(text: string): void;
}
