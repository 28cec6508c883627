import type { FileChangeKind } from './items';

/** One file of a commit of accepted changes. */
export interface CommittedFile {
  readonly path: string;
  readonly kind: FileChangeKind;
  readonly binary: boolean;
  /** Numbers of lines. */
  readonly added: number;
  readonly removed: number;
}

/** What a commit of the accepted changes would hold. */
export interface CommitPreview {
  /** Sorted by path; none where everything accepted has to be left out. */
  readonly files: readonly CommittedFile[];
  /** Files with accepted changes that cannot go into it, each with why, as a phrase about the file. */
  readonly left: readonly { readonly path: string; readonly reason: string }[];
  /** The branch it goes to; null where HEAD is detached. */
  readonly branch: string | null;
  /** Says what exactly was looked at: a commit with it holds that, or is refused. */
  readonly token: string;
  /** A plain message, for where the model writes none. */
  readonly message: string;
}
