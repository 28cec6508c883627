import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { makeTempFolder } from '../support/tempFolder';
import { startStepServer } from './stepServer';

/** An agent's command line for a server and a workspace. */
export interface Agent {
  readonly name: string;
  command(run: { baseUrl: string; workspace: string; home: string }): {
    readonly file: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
}

/** What one run of an agent cost. Times in milliseconds, memory in MB (peak resident set). */
export interface RunFigures {
  readonly startMs: number;
  readonly stepMs: readonly number[];
  readonly peakMb: number;
}

/** Runs a job of so many `echo` steps through an agent's own executable. @throws Error where it does not exit with 0. */
export async function measureRun(agent: Agent, steps: number): Promise<RunFigures> {
  const server = await startStepServer(steps);
  const workspace = makeTempFolder({ 'README.md': '# Bench\n' });
  const home = makeTempFolder();
  try {
    const { file, args, env } = agent.command({
      baseUrl: server.baseUrl,
      workspace: workspace.path,
      home: home.path,
    });
    const startedAt = performance.now();
    const child = spawn(file, args, {
      cwd: workspace.path,
      env: { PATH: process.env.PATH ?? '', HOME: home.path, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    let peakMb = 0;
    const watching = setInterval(() => (peakMb = Math.max(peakMb, peakMbOf(child.pid))), 20);
    const code = await new Promise((resolve) => child.on('exit', resolve));
    clearInterval(watching);
    if (code !== 0 || server.arrivals.length !== steps + 1) {
      throw new Error(
        `${agent.name} exited with ${String(code)} after ${server.arrivals.length} requests: ${errors.slice(-2000)}`,
      );
    }
    return { startMs: (server.arrivals[0] ?? NaN) - startedAt, stepMs: server.gapsMs, peakMb };
  } finally {
    server.close();
    workspace.remove();
    home.remove();
  }
}

/** Linux keeps the peak itself, so sampling misses only what happens in the last 20 ms. */
function peakMbOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
