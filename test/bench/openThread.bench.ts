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
function open(store: ThreadStore, id: string): void {
  const { journal, thread } = store.open(id);
  const events = new EventLog(id, { now: () => 0 } as never, () => journal, log);
  events.restore(thread.events, journal);
  if (events.state.turns.length !== items / itemsPerTurn)
    throw new Error('Not all turns are back.');
  events.close();
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  try {
    const store = createJournalStore({ folder });
    const journal = store.create('long');
    journal.append(longThread('long'));
    journal.close();
    const opening = spread(time(5, () => open(store, 'long'))).median;
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
    console.log(printTable(figures));
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
