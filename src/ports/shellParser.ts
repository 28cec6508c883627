/**
 * Takes shell lines apart, independently of the parser that the policy has itself: only what both read alike is taken
 * for understood.
 */
export interface ShellParser {
  /** Gets ready; quick where that was done before. Never rejects: `unavailable` tells how it went. */
  load(): Promise<void>;
  /** Why nothing can be parsed, for people; undefined once it is loaded. */
  readonly unavailable: string | undefined;
  /**
   * The argument lists of a line that is nothing but plain commands of literal words, in order; undefined for
   * everything else, and while it is not loaded.
   */
  parse(line: string): readonly (readonly string[])[] | undefined;
}
