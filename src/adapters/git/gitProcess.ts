import { simpleGit, type SimpleGit } from 'simple-git';

/** Where git reads and writes; all absolute. */
export interface GitPlaces {
  readonly gitFolder: string;
  readonly workTree: string;
  readonly indexFile: string;
  /** Folder git runs in: paths go in and come out relative to it. */
  readonly cwd: string;
}

/** Runs one git command and answers what it printed. `input` goes to its standard input. */
export type RunGit = (args: readonly string[], input?: string) => Promise<string>;

/** What of the host's environment git may see: how to find programs and folders, none of its own switches. */
const passedOn = [
  'PATH',
  'HOME',
  'XDG_CONFIG_HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'USERPROFILE',
  'PATHEXT',
];

/** A git that stays silent for this long hangs (a dead network drive) and is ended. */
const silenceMs = 120_000;

/**
 * Git on a folder of ours: no configuration of the machine or the person, no hooks, no prompts. @throws GitError
 * (from simple-git) when a command fails.
 */
export function gitRunner(places: GitPlaces, environment: NodeJS.ProcessEnv): RunGit {
  const env: Record<string, string> = {
    LC_ALL: 'C',
    GIT_DIR: places.gitFolder,
    GIT_WORK_TREE: places.workTree,
    GIT_INDEX_FILE: places.indexFile,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
  for (const name of passedOn) {
    const value = environment[name];
    if (value !== undefined) env[name] = value;
  }
  const open = (input?: string): SimpleGit =>
    simpleGit({
      baseDir: places.cwd,
      maxConcurrentProcesses: 4,
      timeout: { block: silenceMs },
      // simple-git guards against configuration from strangers; ours is that there is none.
      unsafe: { allowUnsafeConfigPaths: true },
      allowEnvironment: Object.keys(env),
      ...(input !== undefined && { input: () => input }),
    }).env(env);
  const withoutInput = open();
  return (args, input) => (input === undefined ? withoutInput : open(input)).raw([...args]);
}

/** True where git itself is missing. */
export function isGitMissing(error: unknown): boolean {
  return error instanceof Error && /\bspawn git(\.exe)? ENOENT\b/.test(error.message);
}
