import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { queryObjects } from 'node:v8';
import { Emitter } from '../../src/base/emitter';
import { ViewBridge } from '../../src/extension/viewBridge';
import { Thread } from '../../src/threads/thread';

/** What is counted while nothing runs. */
export interface Counts {
  readonly steps: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly openFiles: number;
  /** Handles and requests of the event loop that are no timers. */
  readonly handles: number;
  readonly timers: number;
  /** Of all emitters that can be reached from what lives on, and of the process. */
  readonly listeners: number;
  /** Emitters, threads and bridges that are alive anywhere. */
  readonly objects: number;
  readonly children: number;
}

/** What one round may add for good once all is warm, in MB per 1,000 steps; RSS also shows what the heap gives back late. */
const mostGrowthMb = { heap: 4, rss: 24 };

/** Counts; `roots` are the objects that live as long as the host. */
export function count(steps: number, roots: readonly object[]): Counts {
  globalThis.gc?.();
  const objects = [Emitter, Thread, ViewBridge].reduce((sum, made) => sum + countOf(made), 0);
  const { rss, heapUsed } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  const timers = resources.filter((name) => name === 'Timeout').length;
  return {
    steps,
    rssMb: rss / 1024 / 1024,
    heapMb: heapUsed / 1024 / 1024,
    openFiles: readdirSync('/proc/self/fd').length,
    handles: resources.filter((name) => name !== 'Immediate').length - timers,
    timers,
    listeners: listenersFrom(roots) + listenersOfProcess(),
    objects,
    children: childrenOf(process.pid),
  };
}

/** Growth of a count per 1,000 steps, as the slope of the line through the points. */
export function slope(counts: readonly Counts[], of: (one: Counts) => number): number {
  const meanX = mean(counts.map(({ steps }) => steps));
  const meanY = mean(counts.map(of));
  const up = counts.reduce((sum, one) => sum + (one.steps - meanX) * (of(one) - meanY), 0);
  const down = counts.reduce((sum, one) => sum + (one.steps - meanX) ** 2, 0);
  return down === 0 ? 0 : (up / down) * 1000;
}

/** What did not come back to where it was, each in words; `counts` are those after the warm-up. */
export function findLeaks(counts: readonly Counts[]): string[] {
  const [first, last] = [counts[0], counts.at(-1)];
  if (!first || !last) return ['nothing was counted'];
  const heap = slope(counts, ({ heapMb }) => heapMb);
  const rss = slope(counts, ({ rssMb }) => rssMb);
  const leaks: string[] = [];
  if (heap > mostGrowthMb.heap) {
    leaks.push(`the heap grows by ${heap.toFixed(1)} MB per 1,000 steps`);
  }
  if (rss > mostGrowthMb.rss) {
    leaks.push(`the process grows by ${rss.toFixed(1)} MB per 1,000 steps`);
  }
  for (const name of ['openFiles', 'handles', 'timers', 'listeners', 'objects'] as const) {
    if (last[name] > first[name]) leaks.push(`${name}: ${first[name]} became ${last[name]}`);
  }
  if (last.children > 0) leaks.push(`${last.children} children are left`);
  return leaks;
}

function countOf(made: abstract new (...args: never[]) => object): number {
  return queryObjects(made, { format: 'count' });
}

/** Listeners of the emitters that can be reached through fields, arrays, maps and sets. */
function listenersFrom(roots: readonly object[]): number {
  const seen = new Set<object>();
  const open = [...roots];
  let listeners = 0;
  for (let object = open.pop(); object; object = open.pop()) {
    if (seen.has(object) || ArrayBuffer.isView(object)) continue;
    seen.add(object);
    const inside: unknown[] = Object.values(object);
    if (object instanceof Map || object instanceof Set) inside.push(...object.values());
    if (object instanceof Emitter) {
      listeners += (object as unknown as { listeners: Set<unknown> }).listeners.size;
    }
    for (const value of inside) if (typeof value === 'object' && value !== null) open.push(value);
  }
  return listeners;
}

function listenersOfProcess(): number {
  return process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
}

function childrenOf(pid: number): number {
  const lines = execFileSync('ps', ['-o', 'ppid=', '-e'], { encoding: 'utf8' }).split('\n');
  // `ps` itself is one.
  return lines.filter((line) => Number(line) === pid).length - 1;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
