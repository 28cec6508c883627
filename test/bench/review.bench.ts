import { mkdirSync, writeFileSync } from 'node:fs';
import { Emitter } from '../../src/base/emitter';
import { deriveChange } from '../../src/changes/hunks';
import type { FileTouch, WorkspaceFiles } from '../../src/ports/workspaceFiles';
import { emptyChangeSet } from '../../src/protocol/changes';
import type { ThreadEvent, ThreadEventBody } from '../../src/protocol/events';
import { emptyThreadState, foldEvent } from '../../src/protocol/threadState';
import { ChangeTracker } from '../../src/threads/changeTracker';
import { memoryContents } from '../support/memoryPorts';
import { printTable, spread, type Figure } from './figures';

/*
 * What reviewing costs the host: the hunks of a large file, a full rewrite, a change set of many files, and a key
 * press in a file under review. Contents are in memory: reading and storing them is not the thread's time.
 */

const rounds = 15;

const numbered = (word: string, count: number) =>
  Array.from(
    { length: count },
    (_, index) => `  ${word} = ${index} + other(${index * 7}); // some\n`,
  );

/** A tracker on files in memory, and what it told. */
function openTracker(files: Map<string, Uint8Array>) {
  const touches = new Emitter<FileTouch>();
  const events: ThreadEventBody[] = [];
  const port: WorkspaceFiles = {
    root: '/w',
    onDidChange: touches.event,
    read: async (path) => files.get(path) ?? null,
    pathOfTarget: async (path) => path,
    isExecutable: async () => false,
    apply: async () => [],
    setLink: async () => undefined,
  };
  const log = { info() {}, warn() {}, error() {} };
  const contents = memoryContents(files);
  const tracker = new ChangeTracker(
    { files: port, contents, log, emit: (event) => events.push(event) },
    emptyChangeSet,
  );
  return { tracker, touches, events, files };
}

type Opened = ReturnType<typeof openTracker>;

/** The agent turns `before` into `after`; resolves when the change set is told. */
async function edit({ tracker, files }: Opened, edits: ReadonlyMap<string, [string, string]>) {
  await tracker.beforeWrite();
  const records = [...edits].map(([path, [before, after]]) => {
    files.set(path, Buffer.from(after));
    return { path, before: Buffer.from(before), after: Buffer.from(after) };
  });
  tracker.recordEdits({ turnId: 't', itemId: 'i', label: 'patch' }, records);
  await tracker.catchUp();
}

/** Milliseconds of `work`, and the longest time in it that nothing else could run. */
async function measure(work: () => Promise<void>): Promise<{ ms: number; blockedMs: number }> {
  let last = performance.now();
  let blockedMs = 0;
  let done = false;
  const beat = () => {
    blockedMs = Math.max(blockedMs, performance.now() - last);
    last = performance.now();
    if (!done) setImmediate(beat);
  };
  await new Promise<void>((resolve) => setImmediate(resolve));
  last = performance.now();
  setImmediate(beat);
  const startedAt = performance.now();
  await work();
  const ms = performance.now() - startedAt;
  blockedMs = Math.max(blockedMs, performance.now() - last);
  done = true;
  return { ms, blockedMs };
}

async function hunksOfLargeFile(): Promise<number[]> {
  const base = numbered('old', 10_000);
  const live = base.map((line, index) => (index % 100 === 5 ? `new ${line}` : line)).join('');
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    const { hunks } = deriveChange(base.join(''), live);
    times.push(performance.now() - startedAt);
    if (hunks.length !== 100) throw new Error('There are 100 changes.');
  }
  return times;
}

async function fullRewrite(): Promise<number[]> {
  const [before, after] = [numbered('old', 3000).join(''), numbered('new', 3000).join('')];
  const blocked: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const opened = openTracker(new Map([['a.ts', Buffer.from(before)]]));
    const { blockedMs } = await measure(() => edit(opened, new Map([['a.ts', [before, after]]])));
    blocked.push(blockedMs);
    opened.tracker.dispose();
  }
  return blocked;
}

/** 500 files with ten hunks each: until the event is there for the panel, folded. */
async function manyFiles(): Promise<{
  ms: number[];
  foldMs: number[];
  blocked: number[];
  mb: number;
}> {
  const ms: number[] = [];
  const foldMs: number[] = [];
  const blocked: number[] = [];
  let mb = 0;
  const base = numbered('old', 200);
  const before = base.join('');
  const after = base.map((line, index) => (index % 20 === 5 ? `new ${line}` : line)).join('');
  const edits = new Map(
    Array.from({ length: 500 }, (_, index): [string, [string, string]] => [
      `src/file${index}.ts`,
      [`${index}\n${before}`, `${index}\n${after}`],
    ]),
  );
  for (let round = 0; round < 5; round += 1) {
    const opened = openTracker(
      new Map([...edits].map(([path, [text]]) => [path, Buffer.from(text)])),
    );
    const spent = await measure(() => edit(opened, edits));
    ms.push(spent.ms);
    blocked.push(spent.blockedMs);
    const event = opened.events.findLast(({ type }) => type === 'changes.updated');
    const startedAt = performance.now();
    // What the panel is sent, and reads: the event as JSON, folded.
    const json = JSON.stringify({ seq: 1, at: 1, threadId: 't', ...event });
    const state = foldEvent(emptyThreadState('t'), JSON.parse(json) as ThreadEvent);
    foldMs.push(performance.now() - startedAt);
    mb = json.length / 1024 / 1024;
    const hunks = state.changes.files.reduce((sum, file) => sum + file.hunks.length, 0);
    if (hunks !== 5000) throw new Error(`There are 5,000 hunks, not ${hunks}.`);
    opened.tracker.dispose();
  }
  return { ms, foldMs, blocked, mb };
}

/** Keys are pressed every 30 ms in a file of 10,000 lines with 100 hunks; the tracker looks when they rest. */
async function keyPresses(): Promise<{ key: number[]; look: number[] }> {
  const base = numbered('old', 10_000);
  const live = base.map((line, index) => (index % 100 === 5 ? `new ${line}` : line));
  const path = 'a.ts';
  const opened = openTracker(new Map([[path, Buffer.from(base.join(''))]]));
  await edit(opened, new Map([[path, [base.join(''), live.join('')]]]));
  const key: number[] = [];
  const look: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    live[50] += 'x';
    opened.files.set(path, Buffer.from(live.join('')));
    const startedAt = performance.now();
    opened.touches.fire({ path, by: 'typing' });
    key.push(performance.now() - startedAt);
    look.push((await measure(() => opened.tracker.beforeWrite())).blockedMs);
  }
  opened.tracker.dispose();
  return { key, look };
}

async function main(): Promise<void> {
  const hunks = await hunksOfLargeFile();
  const rewrite = await fullRewrite();
  const many = await manyFiles();
  const keys = await keyPresses();
  const middle = (values: readonly number[]) => spread(values).median;
  const figures: Figure[] = [
    { name: 'hunks of 10,000 lines with 100 changes', value: middle(hunks), unit: 'ms', limit: 30 },
    {
      name: 'rewrite of 3,000 lines: longest block',
      value: middle(rewrite),
      unit: 'ms',
      limit: 16,
    },
    { name: '500 files, 5,000 hunks: change set', value: middle(many.ms), unit: 'ms', limit: 300 },
    { name: '500 files, 5,000 hunks: to the panel', value: middle(many.foldMs), unit: 'ms' },
    { name: '500 files, 5,000 hunks: longest block', value: middle(many.blocked), unit: 'ms' },
    { name: '500 files, 5,000 hunks: its event', value: many.mb, unit: 'MB' },
    { name: 'key press in a file under review', value: middle(keys.key), unit: 'ms', limit: 4 },
    { name: 'look after typing: longest block', value: middle(keys.look), unit: 'ms', limit: 16 },
  ];
  console.log(printTable(figures));
  mkdirSync('out', { recursive: true });
  const result = { node: process.version, figures };
  writeFileSync('out/bench-review.json', `${JSON.stringify(result, null, 2)}\n`);
}

void main();
