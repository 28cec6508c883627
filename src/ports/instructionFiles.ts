/** One AGENTS.md (or its override). */
export interface InstructionFile {
  /** Absolute folder it stands in. */
  readonly folder: string;
  readonly text: string;
}

/** Finds what a project tells agents. */
export interface InstructionFiles {
  /**
   * The files from the repository's root down to `cwd`, outermost first, 32 KiB in all, then cut with a note.
   * In each folder `AGENTS.override.md` wins over `AGENTS.md`. Empty where the workspace is not trusted.
   */
  read(cwd: string): Promise<readonly InstructionFile[]>;
}
