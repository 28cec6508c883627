import { startTestThreads } from '../support/testThreads';
import { count, findLeaks, slope, type Counts } from './soakCounts';
import { SoakHost } from './soakHost';
import { SoakKills } from './soakKills';
import { SoakModel } from './soakModel';

/*
 * A day of work in minutes, in one process: turns of commands, patches and talk on real files, with network cuts,
 * interrupts, summaries of the history, views that are reloaded, and threads that are closed and opened again; beside it
 * other hosts that are killed with kill -9 and resumed. What must not grow is counted after each round; the table says
 * by how much it did, and what does not come back fails the run.
 */

const minutes = Number(process.argv[2] ?? 2);
const fewestRounds = 4;

const columns: readonly {
  readonly name: string;
  readonly of: (counts: Counts) => number;
  readonly digits?: number;
}[] = [
  { name: 'steps', of: ({ steps }) => steps },
  { name: 'RSS MB', of: ({ rssMb }) => rssMb, digits: 1 },
  { name: 'heap MB', of: ({ heapMb }) => heapMb, digits: 1 },
  { name: 'files', of: ({ openFiles }) => openFiles },
  { name: 'handles', of: ({ handles }) => handles },
  { name: 'timers', of: ({ timers }) => timers },
  { name: 'listeners', of: ({ listeners }) => listeners },
  { name: 'objects', of: ({ objects }) => objects },
  { name: 'children', of: ({ children }) => children },
];

function printRow(name: string, cells: readonly string[]): void {
  console.log(`${name.padEnd(6)}${cells.map((cell) => cell.padStart(10)).join('')}`);
}

async function soak(): Promise<string[]> {
  const model = new SoakModel();
  const agent = await startTestThreads({ 'a.txt': 'number one\n' }, (request) =>
    model.answer(request),
  );
  const host = new SoakHost(agent.threads, agent.workspace.path);
  const kills = new SoakKills(agent.server.baseUrl);
  const until = performance.now() + minutes * 60_000;
  const counts: Counts[] = [];
  printRow(
    'round',
    columns.map(({ name }) => name),
  );
  for (let round = 1; performance.now() < until || counts.length < fewestRounds; round++) {
    await Promise.all([host.round(round), kills.round()]);
    // What the scripted server remembers is no leak of ours.
    (agent.server.requests as unknown[]).length = 0;
    agent.events.length = 0;
    // Sockets that were cut and processes that ended are gone a moment later.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const now = count(model.requests, [agent.threads, host]);
    counts.push(now);
    printRow(
      String(round),
      columns.map(({ of, digits }) => of(now).toFixed(digits ?? 0)),
    );
  }
  const violations = agent.server.violations.length;
  host.dispose();
  await agent.dispose();
  // The first third warms up.
  const warm = counts.slice(Math.floor(counts.length / 3));
  const [rss, heap] = [slope(warm, ({ rssMb }) => rssMb), slope(warm, ({ heapMb }) => heapMb)];
  console.log(
    [
      `${model.requests} requests, ${model.cuts} cut off, ${model.summaries} summaries (${host.compactions} asked for)`,
      `${host.reloads} views, ${kills.kills} hosts killed and resumed`,
      `after the warm-up, per 1,000 requests: RSS ${rss.toFixed(2)} MB, heap ${heap.toFixed(2)} MB`,
    ].join('\n'),
  );
  return [
    ...findLeaks(warm),
    ...(violations > 0 ? [`the server refused ${violations} requests`] : []),
  ];
}

soak().then(
  (leaks) => {
    console.log(leaks.length === 0 ? 'no leak' : `LEAK: ${leaks.join('; ')}`);
    process.exitCode = leaks.length === 0 ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
