import * as l10n from '@vscode/l10n';
import type { Subscribe } from '../base/emitter';
import { ToldError } from '../base/toldError';

/** What a file becomes: new bytes, or gone where `bytes` is null. */
export interface FileEdit {
  /** Relative to the root. */
  readonly path: string;
  readonly bytes: Uint8Array | null;
  /** Content the edit was made from; the edit is refused where the file is something else by now. */
  readonly expected: Uint8Array | null;
  /**
   * Relative to the root: the file itself that `path` led to when the edit was judged. The edit is refused where a link
   * leads elsewhere by now.
   */
  readonly leadsTo?: string;
  /** The file whose permission bits the new one takes over (a rename). */
  readonly modeOf?: string;
  /** Whether the file may be executed afterwards; absent where that stays as it is. */
  readonly executable?: boolean;
}

/** The file is not what the edit was made from. Nothing was written. */
export class EditConflictError extends ToldError {
  override readonly name = 'EditConflictError';
  constructor(readonly path: string) {
    super(() =>
      l10n.t('{0} was changed by someone else in the meantime; nothing was written.', path),
    );
  }
}

/** A file that cannot be used and why, in words for the model and the person. */
export class FileAccessError extends ToldError {
  override readonly name = 'FileAccessError';
}

/**
 * The files of one folder as the person sees them: an open editor's text wins over the disk.
 * Paths are relative to `root`. Paths that leave the root, also through links, throw FileAccessError.
 */
export interface WorkspaceFiles {
  /** Absolute path. */
  readonly root: string;
  /**
   * The live bytes of a file; null where it does not exist.
   * @throws FileAccessError for folders, devices and files that cannot be read.
   */
  read(path: string): Promise<Uint8Array | null>;
  /** The path of the file itself, where `path` leads to it through links; `path` where there is none. */
  pathOfTarget(path: string): Promise<string>;
  /** True for a file that its owner may execute; false where there is none. */
  isExecutable(path: string): Promise<boolean>;
  /**
   * Writes all edits or none, and creates missing folders. An open editor is edited as a buffer and saved. Answers
   * the files that saving changed further.
   * @throws EditConflictError, FileAccessError; nothing is written then.
   */
  apply(edits: readonly FileEdit[]): Promise<readonly SavedFurther[]>;
  /**
   * Puts a symbolic link in the place of another one or of nothing, or takes one away; null stands for none. Both are
   * what the link itself says, and what it leads to is left alone.
   * @throws EditConflictError where something else than `expected` is there, FileAccessError; nothing changed then.
   */
  setLink(path: string, target: Uint8Array | null, expected: Uint8Array | null): Promise<void>;
  /** Fires with the path when the live text of a file may have changed by someone other than `apply`. */
  readonly onDidChange: Subscribe<FileTouch>;
}

/** What tools see of the files: they make no links. */
export type ToolFiles = Omit<WorkspaceFiles, 'setLink'>;

/** A file that holds more than was written, because saving it ran a formatter or the like. */
export interface SavedFurther {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A change of a live file that did not come through `apply`. */
export interface FileTouch {
  readonly path: string;
  /** `typing` and `undo` come from an editor; `disk` from anything that writes files. */
  readonly by: 'typing' | 'undo' | 'disk';
  /** Where the person moved this file or folder from. */
  readonly movedFrom?: string;
}
