import * as l10n from '@vscode/l10n';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { SimpleGit } from 'simple-git';
import { ToldError } from '../../base/toldError';
import { findGit, gitSearchPath, offline, pinOptions, pinVariables, readingPins } from './gitPins';

/** Where git reads and writes; all absolute. */
export interface GitPlaces {
  readonly gitFolder: string;
  readonly workTree: string;
  readonly indexFile: string;
  /** Folder git runs in: paths go in and come out relative to it. */
  readonly cwd: string;
}

/** Git commands on these places. Both throw an Error with git's own words when the command fails. */
export interface Git {
  /** Runs a command that prints something and answers it. */
  run(args: readonly string[]): Promise<string>;
  /**
   * Runs a command that often prints nothing, or prints bytes, or wants `input`. Not through simple-git, which waits
   * another 50 ms after every command without output, and reads all output as text.
   */
  runQuiet(args: readonly string[], input?: string): Promise<Buffer>;
}

/** What of the host's environment git may see: how to find programs and folders, none of its own switches. */
const passedOn = [
  'HOME',
  'XDG_CONFIG_HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'USERPROFILE',
  'PATHEXT',
];

/**
 * For the C library of Linux, unknown elsewhere: git gives its memory back after each file it stores and takes it anew
 * for the next, which costs it three times of what the storing does.
 */
const fewerAllocations = {
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(32 * 1024 * 1024),
  MALLOC_TOP_PAD_: String(1024 * 1024),
};

/** A git that takes this long hangs (a dead network drive), or the folder is a whole disk; it is ended. */
const limitMs = 120_000;

/** Reading one setting takes milliseconds; a repository can make it wait, with a pipe for a file. */
const settingLimitMs = 5000;

/** Far beyond any list of paths. */
const maxOutputBytes = 1024 * 1024 * 1024;

/**
 * Git on a folder of ours: no configuration of the machine or the person, no hooks, no prompts.
 * @throws Error where the folder does not exist.
 */
export function openGit(places: GitPlaces, environment: NodeJS.ProcessEnv): Git {
  // A process that starts in a missing folder fails as if its program were missing.
  if (!existsSync(places.cwd)) {
    throw new ToldError(() => l10n.t('The folder {0} does not exist.', places.cwd));
  }
  const env: Record<string, string> = {
    LC_ALL: 'C',
    GIT_DIR: places.gitFolder,
    GIT_WORK_TREE: places.workTree,
    GIT_INDEX_FILE: places.indexFile,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    ...offline,
    ...fewerAllocations,
    ...gitSearchPath(environment, places.cwd),
  };
  for (const name of passedOn) {
    const value = environment[name];
    if (value !== undefined) env[name] = value;
  }
  const program = findGit(environment, places.cwd);
  const options = {
    baseDir: places.cwd,
    binary: program,
    maxConcurrentProcesses: 4,
    timeout: { block: limitMs },
    // simple-git guards against configuration from strangers; ours is that there is none.
    unsafe: { allowUnsafeConfigPaths: true, allowUnsafeCustomBinary: true },
    allowEnvironment: Object.keys(env),
  };
  let client: Promise<SimpleGit> | undefined;
  // Loaded with the first state, after the first request is out.
  const load = () =>
    (client ??= import('simple-git').then(({ simpleGit }) => simpleGit(options).env(env)));
  // There is no configuration to beat; but a git that ours starts in a nested repository finds one.
  const pinned = { ...env, ...pinVariables(readingPins) };
  return {
    run: async (args) => (await load()).raw([...args]),
    runQuiet: (args, input) => spawnGit(program, args, { cwd: places.cwd, env: pinned }, input),
  };
}

/**
 * One setting of the person's own git configuration as it counts in a folder, a path written out; undefined where it
 * is not set or cannot be read. Reading it runs nothing of the repository's.
 */
export function readPersonalSetting(
  folder: string,
  key: string,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const env: Record<string, string> = { LC_ALL: 'C', ...gitSearchPath(environment, folder) };
  for (const name of [...passedOn, 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM']) {
    const value = environment[name];
    if (value !== undefined) env[name] = value;
  }
  const program = findGit(environment, folder);
  const args = [...pinOptions(readingPins), 'config', '--null', '--type=path', '--get', key];
  return spawnGit(program, args, { cwd: folder, env, timeout: settingLimitMs }).then(
    (output) => output.toString('utf8').split('\0')[0],
    () => undefined,
  );
}

function spawnGit(
  program: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Record<string, string>;
    readonly timeout?: number;
  },
  input = '',
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { timeout: limitMs, ...options, encoding: 'buffer', maxBuffer: maxOutputBytes },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        if (error.killed === true) return reject(new GitTimeoutError());
        const words = stderr.toString('utf8').trim();
        reject(words === '' ? error : new Error(words, { cause: error }));
      },
    );
    // A git that ends early closes its input; its exit code tells why.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Git took longer than a workspace is worth waiting for. */
export class GitTimeoutError extends Error {
  override readonly name = 'GitTimeoutError';
  constructor() {
    super(l10n.t('the folder is too large or too slow to watch.'));
  }
}

/** True where git itself is missing. */
export function isGitMissing(error: unknown): boolean {
  return error instanceof Error && /\bspawn \S*git(\.exe)? ENOENT\b/.test(error.message);
}
