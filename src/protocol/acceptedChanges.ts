import type { EventEnvelope, ThreadEvent } from './events';
import type { ContentId } from './ids';
import type { ThreadState } from './threadState';

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

type Event<Type extends ThreadEvent['type']> = EventEnvelope & ThreadEvent & { type: Type };

/** The person accepted changes: they can be committed from now on. */
export function foldAccepted(state: ThreadState, event: Event<'hunk.resolved'>): ThreadState {
  const { accepted = [], seq } = event;
  if (accepted.length === 0) return state;
  return { ...state, accepted: [...state.accepted, ...accepted.map((each) => ({ ...each, seq }))] };
}

/** Accepted changes are in the repository, or no longer in the files. */
export function foldCommitted(state: ThreadState, event: Event<'changes.committed'>): ThreadState {
  const { commit, settled, upTo } = event;
  const paths = new Set(settled);
  return {
    ...state,
    accepted: state.accepted.filter(({ path, seq }) => !paths.has(path) || seq > upTo),
    commits: commit ? [...state.commits, { ...commit, at: event.at }] : state.commits,
  };
}
