/** A ripgrep search in the workspace. */
export interface SearchQuery {
  readonly pattern: string;
  /** Absolute file or folder. */
  readonly path: string;
  /** Folder that printed paths are relative to; absolute. */
  readonly cwd: string;
  readonly glob?: string;
  /** Lines shown around each match. */
  readonly context?: number;
  /** Matching lines per search at most. */
  readonly maxResults: number;
  /** True for files (absolute paths) whose lines are left out. */
  readonly leaveOut?: (path: string) => boolean;
}

export interface Search {
  /**
   * ripgrep's own output, at most `maxResults` matching lines.
   * @throws Error with ripgrep's message for a bad pattern or where ripgrep is missing.
   */
  search(query: SearchQuery, signal: AbortSignal): Promise<{ text: string; cut: boolean }>;
}
