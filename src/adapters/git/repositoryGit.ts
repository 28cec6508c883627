import { execFile } from 'node:child_process';
import { findGit, gitSearchPath, offline, pinOptions, readingPins } from './gitPins';

/** Far beyond any diff that anybody reviews. */
const maxOutputBytes = 256 * 1024 * 1024;
const limitMs = 60_000;

/**
 * Nothing of the repository or the person runs, and nothing is written. The rest of their settings stays, so that git
 * reads files as they do.
 */
const pins = [
  ...readingPins,
  ['core.quotePath', 'false'],
  ['core.untrackedCache', 'false'],
  ['diff.orderFile', '/dev/null'],
  ['diff.suppressBlankEmpty', 'false'],
  ['diff.ignoreSubmodules', 'dirty'],
] as const;

/** Git on the person's repository, only to read. */
export class RepositoryGit {
  private filters: Promise<readonly string[]> | undefined;

  constructor(
    private readonly cwd: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** What a command prints. @throws GitFailure, or an AbortError. */
  async run(args: readonly string[], signal: AbortSignal): Promise<string> {
    this.filters ??= this.withoutFilters(signal);
    return this.spawn([...(await this.filters), ...args], signal);
  }

  /** The repository's filters are programs too: each is switched off by its name. */
  private async withoutFilters(signal: AbortSignal): Promise<readonly string[]> {
    const names = await this.spawn(
      ['config', '--null', '--name-only', '--get-regexp', '^filter\\.'],
      signal,
    ).catch((error: unknown) => {
      // Exit code 1: there are none.
      if (error instanceof GitFailure && error.exitCode === 1) return '';
      throw error;
    });
    const drivers = new Set(names.split('\0').map((name) => name.replace(/\.[^.]*$/, '')));
    drivers.delete('');
    const odd = [...drivers].find((driver) => driver.includes('='));
    // An option ends its key at the first equals sign: this one would stay on.
    if (odd) throw new GitFailure(`The filter ${odd} cannot be switched off.`, undefined);
    return [...drivers].flatMap((driver) => [
      ...['-c', `${driver}.clean=`, '-c', `${driver}.smudge=`],
      ...['-c', `${driver}.process=`, '-c', `${driver}.required=false`],
    ]);
  }

  private spawn(args: readonly string[], signal: AbortSignal): Promise<string> {
    const options = { cwd: this.cwd, env: this.safeEnvironment(), signal, timeout: limitMs };
    return new Promise((resolve, reject) => {
      const child = execFile(
        findGit(this.environment, this.cwd),
        ['--no-pager', ...pinOptions(pins), ...args],
        { ...options, encoding: 'utf8', maxBuffer: maxOutputBytes },
        (error, stdout, stderr) => {
          if (!error) return resolve(stdout);
          if (signal.aborted) return reject(abortError(error));
          reject(new GitFailure(stderr.trim() || error.message, error.code));
        },
      );
      child.stdin?.end();
    });
  }

  /** The host's environment without git's own switches, which may point elsewhere or name programs. */
  private safeEnvironment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(this.environment).filter(([name]) => !/^GIT_/i.test(name));
    return {
      ...Object.fromEntries(inherited),
      ...gitSearchPath(this.environment, this.cwd),
      ...offline,
      LC_ALL: 'C',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
    };
  }
}

function abortError(cause: unknown): Error {
  return Object.assign(new Error('Reading the changes was stopped.', { cause }), {
    name: 'AbortError',
  });
}

/** Git said no; `exitCode` is `ENOENT` where git itself is missing. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  constructor(
    message: string,
    readonly exitCode: string | number | null | undefined,
  ) {
    super(message);
  }
}
