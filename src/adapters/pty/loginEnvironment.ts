import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isAbsolute, parse } from 'node:path';
import type { Log } from '../../ports/log';
import { absoluteSearchPath } from '../programs/findProgram';
import { startsShells } from './commandEnvironment';

type Captured = Readonly<Record<string, string | undefined>>;

export interface LoginEnvironmentOptions {
  /** Path of the person's shell. */
  readonly shell: string;
  /** Environment of this process: the shell starts from it, and it is the answer where the shell fails. */
  readonly fallback: Captured;
  readonly timeoutMs?: number;
  readonly log?: Log;
}

/** Stands before the variables, because start-up files may print what they like. */
const mark = '__tandem_environment__';
/** Much more than any environment; a start-up file that prints without end must not fill the memory. */
const maxBytes = 4 * 1024 * 1024;

/**
 * The environment of the person's login shell, which has what their start-up files set. A login shell costs up to
 * some hundred milliseconds, so the answer asks once, at the first call, and remembers.
 */
export function loginEnvironment(options: LoginEnvironmentOptions): () => Promise<Captured> {
  let captured: Promise<Captured> | undefined;
  return () => (captured ??= capture(options));
}

async function capture(options: LoginEnvironmentOptions): Promise<Captured> {
  const text = await runLoginShell(options);
  const start = text.lastIndexOf(`${mark}\0`);
  if (start < 0) {
    options.log?.warn('The login shell gave no environment; commands get that of this process.');
    return options.fallback;
  }
  const result: Record<string, string> = {};
  for (const line of text.slice(start + mark.length + 1).split('\0')) {
    const equals = line.indexOf('=');
    if (equals > 0) result[line.slice(0, equals)] = line.slice(equals + 1);
  }
  return result;
}

/** What the shell printed; empty where it could not be run or took too long. */
function runLoginShell(options: LoginEnvironmentOptions): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(options.shell, ['-lc', `printf '${mark}\\0'; command env -0`], {
      // Never in a folder of work: what hooks of the shell read and run there (.envrc, .nvmrc) is not the person's.
      cwd: startFolder(options.fallback),
      env: startEnvironment(options.fallback),
      stdio: ['ignore', 'pipe', 'ignore'],
      // A group of its own, so that a hanging start-up file goes with everything it started.
      detached: true,
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    const finish = (text: string) => {
      clearTimeout(timer);
      child.stdout.destroy();
      resolve(text);
    };
    const giveUp = () => {
      if (child.pid !== undefined) killGroup(child.pid);
      finish('');
    };
    const timer = setTimeout(giveUp, options.timeoutMs ?? 5000);
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > maxBytes) giveUp();
    });
    child.on('error', () => finish(''));
    child.on('close', () => finish(Buffer.concat(chunks).toString('utf8')));
  });
}

/** The person's home, else the top of the disk. */
function startFolder({ HOME }: Captured): string {
  return HOME && isAbsolute(HOME) && existsSync(HOME) ? HOME : parse(process.execPath).root;
}

/** The person's start-up files count, not what this process was told to read before them or beside them. */
function startEnvironment(environment: Captured): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !startsShells.test(name)) result[name] = value;
  }
  if (result['PATH'] !== undefined) result['PATH'] = absoluteSearchPath(result['PATH']);
  return result;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
