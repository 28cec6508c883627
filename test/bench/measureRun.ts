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
  /** From the last byte of each answer to the next request. */
  readonly stepMs: readonly number[];
  /** CPU time the agent's process had used when each request came; what its commands used is not in it. */
  readonly cpuMs: readonly number[];
  readonly peakMb: number;
}

/** Requests between two looks at the memory: a peak stays readable, and looking costs the machine's time. */
const memoryEvery = 20;

/** Runs a job through an agent's own executable. @throws Error where it does not exit with 0. */
export async function measureRun(agent: Agent, job: StepJob): Promise<RunFigures> {
  let pid: number | undefined;
  let peakMb = 0;
  const cpuMs: number[] = [];
  const server = await startStepServer(job, (number) => {
    cpuMs.push(cpuMsOf(pid));
    const isLast = number === job.steps + 1;
    if (isLast || number % memoryEvery === 1) peakMb = Math.max(peakMb, peakMbOf(pid));
  });
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
    ({ pid } = child);
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const code = await new Promise((resolve) => child.on('exit', resolve));
    if (code !== 0 || server.arrivals.length !== job.steps + 1) {
      throw new Error(
        `${agent.name} exited with ${String(code)} after ${server.arrivals.length} requests: ${errors.slice(-2000)}`,
      );
    }
    const startMs = (server.arrivals[0] ?? NaN) - startedAt;
    return { startMs, stepMs: server.gapsMs, cpuMs, peakMb };
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

/**
 * CPU time of a process and its threads so far, in milliseconds; 0 where the system does not tell. The fields 14 and 15
 * of proc(5) count in hundredths of a second, so it says something about many steps only.
 */
function cpuMsOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in field 2 may hold spaces, so fields are counted from the last parenthesis.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
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
