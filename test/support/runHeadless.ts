import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import type { User } from './ordinaryUser';

/** What a finished run of the command-line program left. */
export interface HeadlessResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout read as JSON lines. */
  readonly lines: readonly JsonLine[];
}

export interface JsonLine {
  readonly type: string;
  readonly item?: { readonly id: string; readonly type: string } & Record<string, unknown>;
  readonly [key: string]: unknown;
}

export interface HeadlessOptions {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Text for stdin; it is closed at once where absent. */
  readonly stdin?: string;
  /** A program that runs it, with its arguments, such as a tracer. */
  readonly through?: readonly string[];
  /** Who it runs as; this process's user where absent. */
  readonly user?: User | undefined;
  /** Called with the process while it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs the built `dist/headless.js` in a process of its own, with nothing of this one's environment but the PATH. */
export function runHeadless(options: HeadlessOptions): Promise<HeadlessResult> {
  return new Promise((done) => {
    const command = [process.execPath, resolve('dist/headless.js'), ...options.args];
    const [program = '', ...rest] = [...(options.through ?? []), ...command];
    const child = spawn(program, rest, {
      cwd: options.cwd,
      env: { PATH: process.env.PATH ?? '', ...options.env },
      ...options.user,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.end(options.stdin ?? '');
    child.on('close', (code) => done({ code, stdout, stderr, lines: jsonLines(stdout) }));
    options.onStart?.(child);
  });
}

function jsonLines(stdout: string): JsonLine[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as JsonLine);
}
