/** A problem that a language server sees in a file. */
export interface Diagnostic {
  /** Relative to the folder. */
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** What language servers say of the files of one folder. */
export interface Diagnostics {
  /** Remembers the problems of these files as they are now, before an edit; paths are relative to the folder. */
  watch(paths: readonly string[]): DiagnosticsWatch;
  /** Remembers the problems of all files as they are now; what it answers tells at any time what is new in some. */
  remember(): (paths: readonly string[]) => readonly Diagnostic[];
}

/** The problems of some files from one moment on. */
export interface DiagnosticsWatch {
  /**
   * The problems that were not there when the watch began, once the language servers have had a moment; soon, and at
   * once where none looks at these files. A problem that only moved to another line is not new. Never rejects.
   */
  newProblems(signal: AbortSignal): Promise<readonly Diagnostic[]>;
  dispose(): void;
}
