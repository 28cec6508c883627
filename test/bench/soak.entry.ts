import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import type { Disposable } from '../../src/base/disposable';
import type { ThreadEvent } from '../../src/protocol/events';
import {
  customCall,
  delivered,
  dropAfter,
  functionCall,
  message,
  reasoning,
  respond,
  type Step,
} from '../support/scriptedServer';
import { sampleContext } from '../support/sampleContext';
import { startTestThreads, type TestThreads } from '../support/testThreads';

/*
 * A day of work in minutes, in one process: turns of commands, patches and talk on real files, with network cuts,
 * interrupts, views that come and go, and threads that are closed and opened again. What must not grow is counted
 * after each round; the table says by how much it did, and a leak fails the run.
 */

const minutes = Number(process.argv[2] ?? 2);
const turnsPerRound = 15;
/** What one round of turns may add for good once all is warm, in MB per 1,000 steps. */
const mostGrowthMb = 4;

/** What is counted while no turn runs. */
interface Counts {
  readonly steps: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly openFiles: number;
  readonly handles: number;
  readonly children: number;
}

let requests = 0;

/** What the model says next: each turn is a few steps long and differs from the last one. */
function nextStep(input: readonly { readonly type?: string; readonly role?: string }[]): Step {
  requests += 1;
  const number = requests;
  const lastInput = input.findLastIndex(({ role }) => role === 'user');
  const step = input.slice(lastInput).filter(({ type }) => type?.endsWith('_output')).length;
  const id = `c${number}`;
  if (number % 41 === 0) return dropAfter(4);
  if (step >= 6) return respond(message(`Turn done after request ${number}.`));
  switch (number % 6) {
    case 0:
      return respond(reasoning('Thinking.'), functionCall('exec_command', { cmd: 'ls -la' }, id));
    case 1:
      return respond(functionCall('exec_command', { cmd: `echo ${number} >> log.txt` }, id));
    case 2: {
      const file = `made${number % 20}.txt`;
      const patch = `*** Begin Patch\n*** Add File: ${file}\n+number ${number}\n*** End Patch`;
      return respond(message('Writing.'), customCall('apply_patch', patch, id));
    }
    case 3:
      return respond(functionCall('exec_command', { cmd: 'seq 1 2000; rm -f made1*.txt' }, id));
    case 4:
      return delivered(respond(functionCall('exec_command', { cmd: 'grep -rn number .' }, id)), {
        chunkBytes: 97,
      });
    default:
      return respond(functionCall('exec_command', { cmd: 'false' }, id));
  }
}

/** A view that draws everything while it is shown, and is hidden again. */
function attachView(agent: {
  onEvent(listener: (event: ThreadEvent) => void): Disposable;
}): Disposable {
  let drawn = 0;
  return agent.onEvent((event) => (drawn += JSON.stringify(event).length));
}

/** Some turns; every seventh is interrupted, and the view comes and goes. */
async function runRound(agent: TestThreads, round: number): Promise<void> {
  const host = agent.threads;
  const thread = host.start(agent.workspace.path);
  const context = sampleContext(agent.workspace.path);
  for (let turn = 0; turn < turnsPerRound; turn++) {
    const view = attachView(thread);
    const stopping = turn % 7 === 3 ? setTimeout(() => thread.interrupt(), 40) : undefined;
    await thread.startTurn({ text: `Round ${round}, turn ${turn}.`, attachments: [] }, context);
    clearTimeout(stopping);
    view.dispose();
    const status = thread.state.turns.at(-1)?.status;
    if (status === 'failed') {
      throw new Error(`A turn failed: ${thread.state.turns.at(-1)?.error?.message}`);
    }
  }
  await host.close(thread.id);
  // Closed and opened again, as after a reload of the window.
  const reopened = host.open(thread.id);
  if (reopened.state.turns.length !== turnsPerRound) throw new Error('A turn was lost.');
  await host.delete(thread.id);
  // What the scripted server remembers is no leak of ours.
  (agent.server.requests as unknown[]).length = 0;
}

function count(): Counts {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    steps: requests,
    rssMb: rss / 1024 / 1024,
    heapMb: heapUsed / 1024 / 1024,
    openFiles: readdirSync('/proc/self/fd').length,
    handles: process.getActiveResourcesInfo().filter((name) => name !== 'Immediate').length,
    children: childrenOf(process.pid),
  };
}

function childrenOf(pid: number): number {
  const lines = execFileSync('ps', ['-o', 'ppid=', '-e'], { encoding: 'utf8' }).split('\n');
  // `ps` itself is one.
  return lines.filter((line) => Number(line) === pid).length - 1;
}

/** Growth of a count per 1,000 steps, as the slope of the line through the points. */
function slope(counts: readonly Counts[], of: (one: Counts) => number): number {
  const meanX = mean(counts.map(({ steps }) => steps));
  const meanY = mean(counts.map(of));
  const up = counts.reduce((sum, one) => sum + (one.steps - meanX) * (of(one) - meanY), 0);
  const down = counts.reduce((sum, one) => sum + (one.steps - meanX) ** 2, 0);
  return down === 0 ? 0 : (up / down) * 1000;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

function printRow(name: string, cells: readonly (number | string)[]): void {
  const text = cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(1) : cell).padStart(9));
  console.log(`${name.padEnd(10)}${text.join('')}`);
}

async function main(): Promise<void> {
  const agent = await startTestThreads({ 'a.txt': 'number one\n' }, ({ body }) =>
    nextStep(body.input),
  );
  const until = performance.now() + minutes * 60_000;
  const counts: Counts[] = [];
  printRow('round', ['steps', 'RSS MB', 'heap MB', 'files', 'handles', 'children']);
  for (let round = 1; performance.now() < until || counts.length < 4; round++) {
    await runRound(agent, round);
    // Sockets that were cut and processes that ended are gone a moment later.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const now = count();
    counts.push(now);
    printRow(String(round), [
      now.steps,
      now.rssMb,
      now.heapMb,
      now.openFiles,
      now.handles,
      now.children,
    ]);
  }
  const violations = agent.server.violations.length;
  await agent.dispose();
  // The first third warms up.
  const warm = counts.slice(Math.floor(counts.length / 3));
  const [first, last] = [warm[0], warm.at(-1)];
  if (!first || !last) throw new Error('Nothing was counted.');
  const heap = slope(warm, (one) => one.heapMb);
  const rss = slope(warm, (one) => one.rssMb);
  console.log(
    `per 1,000 steps after warm-up: RSS ${rss.toFixed(2)} MB, heap ${heap.toFixed(2)} MB`,
  );
  const leaks = [
    ...(heap > mostGrowthMb ? [`the heap grows by ${heap.toFixed(1)} MB per 1,000 steps`] : []),
    ...(last.openFiles > first.openFiles ? ['open files grow'] : []),
    ...(last.handles > first.handles ? ['handles grow'] : []),
    ...(last.children > 0 ? ['children are left'] : []),
    ...(violations > 0 ? [`the server refused ${violations} requests`] : []),
  ];
  console.log(leaks.length === 0 ? 'no leak' : `LEAK: ${leaks.join('; ')}`);
  process.exitCode = leaks.length === 0 ? 0 : 1;
}

void main();
