/** The name of the file, in any folder of the workspace, that names more to hide; gitignore syntax. */
export const hidingFileName = '.tandemignore';

/**
 * Files that the agent must not see: what usually holds secrets, and what `.tandemignore` files name. They are neither
 * read nor written by tools, left out of searches and of diffs for the model, and masked in the sandbox.
 */
export interface HiddenFiles {
  /**
   * True for an absolute path that is hidden by its name, that leads to something hidden through links, or that is a
   * second name of a file which `list` found. A path that cannot be looked at is hidden.
   */
  isHidden(path: string): boolean;
  /** Those of the last listing that lie below an absolute folder; none before the first one. */
  below(folder: string): readonly string[];
  /**
   * Absolute real paths of everything that is hidden now, second names of hidden files included; a folder that is
   * hidden as a whole stands for what is in it. What was hidden once is found again wherever in the workspace it was moved
   * to. May be about a second old, but for that.
   * @throws Error where the workspace cannot be searched; then nobody knows what to mask.
   */
  list(): Promise<readonly string[]>;
  /** Absolute paths of the `.tandemignore` files that the last listing found. */
  readonly ruleFiles: readonly string[];
}
