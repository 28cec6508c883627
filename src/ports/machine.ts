/** A program of the machine that commands run on. */
export interface FoundProgram {
  /** Absolute path under which the shell finds it. */
  readonly path: string;
  /** Where that really leads, all links followed. */
  readonly realPath: string;
}

/** The digest of what has no content of its own to compare, such as a folder. */
export const noDigest = 'unreadable';

/** What only the machine can tell about a command before it runs. Answers are of now. */
export interface Machine {
  /** Gets ready; quick where that was done before. Never rejects. */
  load(): Promise<void>;
  /** Why the shell here reads lines in a way of its own, so that none is understood; a phrase for people. */
  readonly unreadable: string | undefined;
  /** What a shell starts for a name without a slash; undefined where it starts nothing, or that cannot be told. */
  findProgram(name: string): FoundProgram | undefined;
  /**
   * Where an absolute path really leads, followed as the system does it (`link/..` is not `.`).
   * Null where nothing is there, undefined where it cannot be told.
   */
  realPath(path: string): string | null | undefined;
  /** True where an absolute path surely leads to a plain file, no folder, device or pipe. */
  isFile(path: string): boolean;
  /** A digest of a file's content, or why there is none (`absent`, `noDigest`). */
  fingerprint(path: string): string;
  /** Why git could run programs that the repository of an absolute folder names, as a phrase; undefined where not. */
  repositoryPrograms(folder: string): string | undefined;
  /**
   * Why git in an absolute folder could show a repository that is neither in the root (absolute) nor the one that the
   * root is part of, as a phrase; undefined where not.
   */
  foreignRepository(folder: string, root: string): string | undefined;
  /** True where git in an absolute folder may hold one of these absolute paths, as a file or as a folder of files. */
  mayTrack(folder: string, paths: readonly string[]): boolean;
}
