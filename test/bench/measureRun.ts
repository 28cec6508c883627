import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { makeTempFolder } from '../support/tempFolder';
import { startStepServer, type StepJob } from './stepServer';

/** An agent's command line for a server and a workspace. */
export interface Agent {
  readonly name: string;
  command(run: { baseUrl: string; workspace: string; home: string }): {
    readonly file: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
}

/** What one run of an agent cost. Times in milliseconds, memory in MB (largest resident set of one process). */
export interface RunFigures {
  readonly startMs: number;
  readonly stepMs: readonly number[];
  readonly peakMb: number;
}

/** Runs a job through an agent's own executable. @throws Error where it does not exit with 0. */
export async function measureRun(agent: Agent, job: StepJob): Promise<RunFigures> {
  const server = await startStepServer(job);
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
    if (code !== 0 || server.arrivals.length !== job.steps + 1) {
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

/**
 * The largest peak among a process and those below it: an agent may be a launcher and a program. Not their sum, since a
 * child shares its parent's memory until it runs a program of its own.
 */
function peakMbOf(root: number | undefined): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readProcess);
  const below = new Set([root]);
  let peak = 0;
  // Children come after their parents: process ids grow.
  for (const process of processes.filter((one) => one !== undefined)) {
    if (!below.has(process.pid) && !below.has(process.parent)) continue;
    below.add(process.pid);
    peak = Math.max(peak, process.peakMb);
  }
  return peak;
}

function readProcess(name: string): { pid: number; parent: number; peakMb: number } | undefined {
  try {
    const status = readFileSync(`/proc/${name}/status`, 'utf8');
    const number = (key: string) =>
      Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return { pid: number('Pid'), parent: number('PPid'), peakMb: number('VmHWM') / 1024 };
  } catch {
    return undefined;
  }
}
