/** A file as git has it. */
export interface RepositoryEntry {
  /** The bytes as git stores them. */
  readonly content: Uint8Array;
  readonly executable: boolean;
}

/** A file that is asked about, with versions of it as they would stand in the folder; null where it is absent. */
export interface RepositoryQuestion {
  /** Relative to the thread's folder. */
  readonly path: string;
  readonly versions: readonly (Uint8Array | null)[];
}

/** How a file stands in the repository. */
export interface RepositoryFile {
  readonly path: string;
  /** In the last commit; null where it is absent. */
  readonly head: RepositoryEntry | null;
  /** Staged; null where it is absent. */
  readonly index: RepositoryEntry | null;
  /** The versions asked about, as git would store them. */
  readonly versions: readonly (Uint8Array | null)[];
  /** Names what the next commit follows and what is staged of this file; a commit is refused once that is another. */
  readonly version: string;
  /** Why this file cannot be committed from here, as a phrase about it: `is ignored by git`. */
  readonly refusal?: string;
}

/** How a repository stands. */
export interface RepositoryState {
  /** The branch a commit goes to; null where HEAD is detached. */
  readonly branch: string | null;
  readonly files: readonly RepositoryFile[];
}

/** One file of a commit: what the commit holds, and what is staged afterwards. */
export interface CommitFile {
  readonly path: string;
  readonly head: RepositoryEntry | null;
  readonly index: RepositoryEntry | null;
  /** That of the file this was made from. */
  readonly version: string;
}

/** The person's repository that a folder lies in. Nothing here touches the files of the folder. */
export interface Repository {
  /**
   * Looks, and leaves nothing behind.
   * @throws RepositoryError where nothing can be committed now; an aborted signal ends it with an AbortError.
   */
  read(questions: readonly RepositoryQuestion[], signal: AbortSignal): Promise<RepositoryState>;
  /**
   * Commits the last commit's files with these ones changed, as `git commit` would: with the person's settings, hooks
   * and signature. What else is staged stays staged. Answers the commit's id.
   * @throws RepositoryError where no commit was made; nothing changed then.
   */
  commit(
    commit: { readonly message: string; readonly files: readonly CommitFile[] },
    signal: AbortSignal,
  ): Promise<string>;
  /** First lines of the newest commits' messages, newest first; none where there is no commit or no repository. */
  subjects(count: number, signal: AbortSignal): Promise<readonly string[]>;
}

/** Why the repository cannot do this now, in words for people; `output` is what git or a hook printed. */
export class RepositoryError extends Error {
  override readonly name = 'RepositoryError';
  constructor(
    message: string,
    readonly output = '',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
