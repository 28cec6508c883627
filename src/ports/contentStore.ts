import type { ContentId, TreeId } from '../protocol/ids';

/** One path that differs between two trees. */
export interface TreeChange {
  readonly path: string;
  /** Null where the file is absent. */
  readonly before: ContentId | null;
  readonly after: ContentId | null;
  /** Present where it is a symbolic link on either side: the content there is the link's target. */
  readonly link?: { readonly before: boolean; readonly after: boolean };
  /** Present where it may be executed on either side. */
  readonly executable?: { readonly before: boolean; readonly after: boolean };
}

/**
 * Keeps contents and states of the workspace outside of it; never touches the person's repository.
 * Where no git is installed `available` is false: `snapshot` then answers undefined, the rest works.
 */
export interface ContentStore {
  /** Why the workspace is not watched, or what of it is not; each a sentence for people. */
  notes(): readonly string[];
  /**
   * The state of all files that are not ignored; undefined where none can be taken.
   * Calls run one after the other. Files over 5 MB and nested repositories are left out.
   */
  snapshot(): Promise<TreeId | undefined>;
  diff(from: TreeId, to: TreeId): Promise<readonly TreeChange[]>;
  /** Stores bytes exactly as they are. */
  put(bytes: Uint8Array): Promise<ContentId>;
  /** @throws Error where the content was never stored. */
  get(id: ContentId): Promise<Uint8Array>;
  /**
   * Makes room where more is kept than the person allows: the oldest contents go, never those of the workspace as it
   * is now, nor `needed`. Looks only now and then. @throws Error where the folder cannot be read.
   */
  trim(needed: readonly ContentId[]): Promise<void>;
  /** Deletes contents that nobody asks for any more; those of the workspace as it is now stay. */
  forget(ids: readonly ContentId[]): Promise<void>;
  /** The id `put` would answer, without storing. */
  idOf(bytes: Uint8Array): ContentId;
}
