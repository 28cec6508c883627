import type { ContentId } from './ids';

/** What one accept moved the baseline of a file by; null where the file was or is absent. */
export interface AcceptedChange {
  readonly path: string;
  readonly before: ContentId | null;
  readonly after: ContentId | null;
  /** Present where the file may be executed on either side. */
  readonly executable?: { readonly before: boolean; readonly after: boolean };
}

/** An accepted change that no commit holds yet, with the number of the event that told of it. */
export interface UncommittedChange extends AcceptedChange {
  readonly seq: number;
}

/** A commit of accepted changes. */
export interface MadeCommit {
  readonly id: string;
  /** The first line of its message. */
  readonly subject: string;
  /** Relative to the thread's folder. */
  readonly paths: readonly string[];
}

/** The same, with when it was made, in milliseconds since 1970. */
export interface KnownCommit extends MadeCommit {
  readonly at: number;
}

/** What can be committed after the person accepted more, told by event `seq`. */
export function addAccepted(
  known: readonly UncommittedChange[],
  accepted: readonly AcceptedChange[],
  seq: number,
): readonly UncommittedChange[] {
  return accepted.length === 0 ? known : [...known, ...accepted.map((each) => ({ ...each, seq }))];
}

/** What is left to commit once what was accepted of the files in `settled` up to event `upTo` is settled. */
export function dropSettled(
  known: readonly UncommittedChange[],
  { settled, upTo }: { readonly settled: readonly string[]; readonly upTo: number },
): readonly UncommittedChange[] {
  const paths = new Set(settled);
  return known.filter(({ path, seq }) => !paths.has(path) || seq > upTo);
}
