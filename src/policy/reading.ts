import type { ReadArguments } from './readArguments';

/** How a command reads, or that it may do more. */
export interface Reading {
  /** Part of the shell itself, so no program is looked up for it. */
  readonly builtin: boolean;
  /** Words that may name files, from the folder it runs in. */
  readonly files: readonly string[];
  /** True where it reads all that is in a folder, behind links too, should it be named one. */
  readonly followsLinks?: boolean;
  /** True where it names no file, and so may read the folder it runs in. */
  readonly inFolder: boolean;
  readonly options: ReadArguments['values'];
  /** Folder that it changes to before it reads, as it is told; its files are seen from there. */
  readonly from?: string;
}

/** How a program reads these files, or its folder where there are none. */
export function readingFrom(files: readonly string[], options: Reading['options'] = []): Reading {
  return { builtin: false, files, inFolder: files.length === 0, options };
}
