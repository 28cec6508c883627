import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournalStore } from '../../src/adapters/journal/journalStore';
import type { ThreadStore } from '../../src/ports/threadStore';
import type { ThreadEvent, ThreadEventBody } from '../../src/protocol/events';
import { noUsage } from '../../src/protocol/usage';
import { EventLog } from '../../src/threads/eventLog';
import { sampleContext } from '../support/sampleContext';
import { printTable, spread, type Figure } from './figures';

const items = 10_000;
const itemsPerTurn = 500;
const storedThreads = 1000;
const log = { info() {}, warn() {}, error() {} };

/** A thread as a long day leaves it: commands with output, messages, and the history the model sees. */
function longThread(threadId: string): ThreadEvent[] {
  const bodies: ThreadEventBody[] = [
    { type: 'thread.started', cwd: '/work' },
    { type: 'thread.renamed', title: 'A long day' },
  ];
  for (let index = 0; index < items; index++) {
    const turnId = `turn-${Math.floor(index / itemsPerTurn)}`;
    if (index % itemsPerTurn === 0) {
      const input = { text: 'Go on', attachments: [] };
      bodies.push({ type: 'turn.started', turnId, input, context: sampleContext('/work') });
    }
    const output = `line of output ${index}\n`.repeat(20);
    const item = {
      type: 'commandExecution',
      id: `item-${index}`,
      status: 'completed',
      command: `node test/part${index}.js`,
      cwd: '/work',
      output,
      exitCode: 0,
      durationMs: 12,
      readOnly: true,
    } as const;
    const call_id = `call-${index}`;
    bodies.push(
      { type: 'item.started', turnId, item: { ...item, status: 'inProgress', output: '' } },
      { type: 'item.completed', turnId, item },
      {
        type: 'history.appended',
        items: [
          { type: 'function_call', call_id, name: 'exec_command', arguments: '{"cmd":"node"}' },
          { type: 'function_call_output', call_id, output },
        ],
      },
    );
    if (index % itemsPerTurn === itemsPerTurn - 1) {
      bodies.push({ type: 'turn.completed', turnId, usage: noUsage });
    }
  }
  return bodies.map((body, index) => ({ seq: index + 1, at: index, threadId, ...body }));
}

function time(runs: number, act: () => void): number[] {
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    act();
    return performance.now() - start;
  });
}

/** From the file to the state that a view is sent, as `Thread` does it. */
function open(store: ThreadStore, id: string, turns: number): void {
  const { journal, thread } = store.open(id);
  const events = new EventLog(id, { now: () => 0 } as never, () => journal, log);
  events.restore(thread.events, journal);
  if (events.state.turns.length !== turns) throw new Error('Not all turns are back.');
  events.close();
}

/** Bytes of the journal of a thread that ran for days, and what opening it may take in milliseconds. */
const hugeBytes = 900_000_000;
const hugeLimitMs = 2000;
const hugeStepsPerTurn = 100;
const stepsPerCompaction = 40;

/** A step with a command whose output is long, and its change set, at some 45 KB. */
function hugeStep(step: number): ThreadEventBody[] {
  const turnId = `turn-${Math.floor((step - 1) / hugeStepsPerTurn)}`;
  const output = `line of output ${step}\n`.repeat(1000);
  const item = {
    type: 'commandExecution',
    id: `item-${step}`,
    status: 'completed',
    command: `node test/part${step}.js`,
    cwd: '/work',
    output,
    exitCode: 0,
    durationMs: 12,
    readOnly: true,
  } as const;
  const call_id = `call-${step}`;
  const input = { text: 'Go on', attachments: [] };
  const sizes = { tokensBefore: 200_000, tokensAfter: 5000 };
  return [
    ...(step % hugeStepsPerTurn === 1
      ? [{ type: 'turn.started', turnId, input, context: sampleContext('/work') } as const]
      : []),
    { type: 'step.started', turnId, step },
    { type: 'item.started', turnId, item: { ...item, status: 'inProgress', output: '' } },
    { type: 'item.completed', turnId, item },
    {
      type: 'history.appended',
      items: [
        { type: 'function_call', call_id, name: 'exec_command', arguments: '{"cmd":"node"}' },
        { type: 'function_call_output', call_id, output },
      ],
    },
    { type: 'step.completed', turnId, responseId: `response-${step}`, usage: noUsage },
    {
      type: 'changes.updated',
      changeSet: { files: [], notes: [`changes of step ${step}\n`.repeat(80)] },
    },
    ...(step % stepsPerCompaction === 0
      ? [{ type: 'history.compacted', replacement: [], ...sizes } as const]
      : []),
    ...(step % hugeStepsPerTurn === 0
      ? [{ type: 'turn.completed', turnId, usage: noUsage } as const]
      : []),
  ];
}

/** Writes a thread step by step until its journal is huge, as a host does; answers its turns, and the longest step. */
function writeHuge(store: ThreadStore, path: string): { turns: number; longestStep: number } {
  const threadId = 'huge';
  const journal = store.create(threadId);
  let seq = 0;
  let longestStep = 0;
  const append = (bodies: readonly ThreadEventBody[]) => {
    const start = performance.now();
    journal.append(bodies.map((body) => ({ seq: ++seq, at: seq, threadId, ...body })));
    longestStep = Math.max(longestStep, performance.now() - start);
  };
  append([{ type: 'thread.started', cwd: '/work' }]);
  let step = 0;
  do append(hugeStep(++step));
  while (step % hugeStepsPerTurn !== 0 || statSync(path).size < hugeBytes);
  journal.close();
  return { turns: step / hugeStepsPerTurn, longestStep };
}

/** Opens a huge thread in this process, as it was left and after a stranger took away what is condensed. */
function measureHuge(store: ThreadStore, folder: string): Figure[] {
  const path = join(folder, 'threads', 'huge.jsonl');
  const condensed = join(folder, 'threads', 'huge.condensed');
  const { turns, longestStep } = writeHuge(store, path);
  const opening = spread(time(3, () => open(store, 'huge', turns))).median;
  const memory = process.memoryUsage().rss / 1024 / 1024;
  const condensedMb = statSync(condensed).size / 1024 / 1024;
  rmSync(condensed);
  const [anew = 0] = time(1, () => open(store, 'huge', turns));
  return [
    { name: 'open a journal of 900 MB', value: opening, unit: 'ms', limit: hugeLimitMs },
    { name: 'memory of the process then', value: memory, unit: 'MB' },
    { name: 'what is condensed of it', value: condensedMb, unit: 'MB' },
    { name: 'open it with that lost', value: anew, unit: 'ms' },
    { name: 'longest step while it was written', value: longestStep, unit: 'ms' },
  ];
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  try {
    const store = createJournalStore({ folder });
    const journal = store.create('long');
    journal.append(longThread('long'));
    journal.close();
    const opening = spread(time(5, () => open(store, 'long', items / itemsPerTurn))).median;
    const size = statSync(join(folder, 'threads', 'long.jsonl')).size / 1024 / 1024;

    const own = store.open('long').journal;
    // Each append looks before and after it writes.
    const check = spread(time(20, () => repeat(2 * 1000, () => own.isHeld()))).median;
    own.close();

    for (let index = 0; index < storedThreads; index++) {
      const each = store.create(`short-${index}`);
      const threadId = `short-${index}`;
      each.append([
        { seq: 1, at: 0, threadId, type: 'thread.started', cwd: '/work' },
        { seq: 2, at: 0, threadId, type: 'thread.renamed', title: `Thread ${index}` },
      ]);
      each.close();
    }
    const listing = spread(time(5, () => store.list())).median;
    const { took, longestPause } = await searchAll(store);
    const figures: Figure[] = [
      { name: `open a thread of ${items} items`, value: opening, unit: 'ms', limit: 1000 },
      { name: 'its journal', value: size, unit: 'MB' },
      { name: 'owner checks of 1000 appends', value: check, unit: 'ms', limit: 50 },
      { name: `list ${storedThreads} threads`, value: listing, unit: 'ms' },
      { name: 'search them all', value: took, unit: 'ms' },
      { name: 'longest pause of other work meanwhile', value: longestPause, unit: 'ms', limit: 50 },
    ];
    console.log(printTable([...figures, ...measureHuge(store, folder)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function searchAll(store: ThreadStore): Promise<{ took: number; longestPause: number }> {
  const among = store.list();
  let last = performance.now();
  let longestPause = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longestPause = Math.max(longestPause, now - last);
    last = now;
  }, 1);
  const start = performance.now();
  await store.search('nowhere-to-be-found output', among, new AbortController().signal);
  clearInterval(timer);
  return { took: performance.now() - start, longestPause };
}

function repeat(times: number, act: () => void): void {
  for (let index = 0; index < times; index++) act();
}

void main();
