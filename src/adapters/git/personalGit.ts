import { spawn } from 'node:child_process';
import { absoluteSearchPath } from '../programs/findProgram';
import {
  committingPins,
  findGit,
  gitSearchPath,
  offline,
  pinOptions,
  readingPins,
} from './gitPins';
import { GitFailure } from './repositoryGit';

/** What a command takes beside its arguments. */
export interface GitCall {
  readonly signal: AbortSignal;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** True where the person commits: what their own `git commit` runs then runs too. */
  readonly commits?: true;
}

/** Variables that bind git to another repository than the one its folder is in; those of `--local-env-vars`. */
const bindings = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_PARAMETERS',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

/** Variables of git that count where it only reads: where the person's settings are, and where to look for a repository. */
const read = new Set([
  'GIT_CEILING_DIRECTORIES',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_SYSTEM',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  'GIT_EXEC_PATH',
]);

/** What is kept of the output; a hook may print without end. */
const maxOutputBytes = 256 * 1024 * 1024;

/**
 * Git as the person runs it: their environment and settings count. It never asks anything. Only a commit runs hooks and
 * reaches out; `hash-object --path` runs filters, and no other command here does.
 */
export class PersonalGit {
  constructor(
    /** Absolute folder git runs in. */
    readonly cwd: string,
    private readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  /** The same git in another folder. */
  in(cwd: string): PersonalGit {
    return new PersonalGit(cwd, this.environment);
  }

  /** What a command prints as text. @throws GitFailure, or an AbortError. */
  async text(args: readonly string[], call: GitCall): Promise<string> {
    return (await this.run(args, call)).toString('utf8');
  }

  /** The same, with undefined where the command ended with exit code 1, which many use to say no. */
  async answer(args: readonly string[], call: GitCall): Promise<string | undefined> {
    return this.text(args, call).catch((error: unknown) => {
      if (error instanceof GitFailure && error.exitCode === 1) return undefined;
      throw error;
    });
  }

  /** What a command prints. @throws GitFailure with all it printed, or an AbortError. */
  run(args: readonly string[], { signal, input, env = {}, commits }: GitCall): Promise<Buffer> {
    const pins = pinOptions(commits ? committingPins : readingPins);
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const child = spawn(this.program, ['--no-pager', ...pins, ...args], {
        cwd: this.cwd,
        env: { ...this.ownEnvironment(commits === true), ...env },
        // A group of its own, so that a hook ends with everything it started.
        detached: process.platform !== 'win32',
      });
      const output: Buffer[] = [];
      const errors: Buffer[] = [];
      let room = maxOutputBytes;
      const keep = (kept: Buffer[]) => (chunk: Buffer) => {
        room -= chunk.length;
        if (room > 0) kept.push(chunk);
        else end();
      };
      const end = () => {
        if (child.pid === undefined) return;
        try {
          if (process.platform === 'win32') child.kill();
          else process.kill(-child.pid, 'SIGTERM');
        } catch {
          // It ended by itself.
        }
      };
      child.stdout.on('data', keep(output));
      child.stderr.on('data', keep(errors));
      signal.addEventListener('abort', end);
      child.on('error', (error: NodeJS.ErrnoException) => {
        signal.removeEventListener('abort', end);
        reject(new GitFailure(error.message, error.code));
      });
      child.on('close', (code) => {
        signal.removeEventListener('abort', end);
        if (code === 0 && room > 0) return resolve(Buffer.concat(output));
        if (signal.aborted) return reject(abortError());
        // `git commit` prints what hooks say on both.
        const words = Buffer.concat([...errors, ...(code === 0 ? [] : output)]).toString('utf8');
        reject(new GitFailure(words.trim(), code));
      });
      // A git that ends early closes its input; its exit code tells why.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input ?? '');
    });
  }

  private get program(): string {
    return findGit(this.environment, this.cwd);
  }

  private ownEnvironment(commits: boolean): Record<string, string> {
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.environment)) {
      const upper = name.toUpperCase();
      const stays = commits ? !bindings.has(upper) : !upper.startsWith('GIT_') || read.has(upper);
      if (value !== undefined && stays) env[name] = value;
    }
    const path = commits
      ? { PATH: absoluteSearchPath(this.environment['PATH']) }
      : { ...gitSearchPath(this.environment, this.cwd), ...offline };
    return { ...env, ...path, GIT_TERMINAL_PROMPT: '0', GIT_EDITOR: 'true' };
  }
}

function abortError(): Error {
  return Object.assign(new Error('Git was stopped.'), { name: 'AbortError' });
}
