import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHiddenFiles } from '../../src/adapters/disk/hiddenFiles';
import { listFiles } from '../../src/adapters/disk/listFiles';
import { FileIndex } from '../../src/extension/mentions/fileIndex';
import { findRipgrep } from '../../src/extension/ripgrepPath';
import { spread, type Figure } from './figures';

const fileCount = 100_000;
const rounds = 3;
/** Typed letter by letter. */
const typed = ['slug.js', 'threadView', 'src/cart', 'ordermodel', 'xyzzy', 'e', 'packages/a/t'];
const words =
  'user order cart slug thread view model parse render index state list item panel host port file text diff change'.split(
    ' ',
  );

/** How long a person waits for the list of `@` in a workspace of 100,000 files, and what each key press costs. */
export async function mentionFigures(): Promise<Figure[]> {
  const root = mkdtempSync(join(tmpdir(), 'tandem-mentions-'));
  try {
    makeFiles(root);
    const rgPath = findRipgrep(process.cwd());
    const hidden = createHiddenFiles({ root });
    const list = (signal: AbortSignal) => listFiles(rgPath, root, signal);
    const index = new FileIndex({ root, list, hidden });
    const recent = ['src/slug.js'];
    const search = (text: string) => index.search({ text, recent, limit: 30 });
    const first = await timed(() => search(''));
    // The best of several rounds for each key press, since the machine is shared.
    const keys = new Map<string, number>();
    const holds: number[] = [];
    for (let round = 0; round < rounds; round++) {
      let longest = 0;
      const stop = watchTurns((ms) => (longest = Math.max(longest, ms)));
      for (const text of typed.flatMap(prefixes)) {
        keys.set(text, Math.min(keys.get(text) ?? Infinity, await timed(() => search(text))));
      }
      stop();
      holds.push(longest);
    }
    const press = [...keys.values()];
    const name = 'mentions in 100,000 files';
    return [
      { name: `${name}: first list`, value: first, unit: 'ms' },
      { name: `${name}: key press, median`, value: spread(press).median, unit: 'ms', limit: 50 },
      { name: `${name}: key press, worst`, value: Math.max(...press), unit: 'ms', limit: 50 },
      { name: `${name}: host held up`, value: Math.min(...holds), unit: 'ms', limit: 50 },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function makeFiles(root: string): void {
  let seed = 1;
  const pick = (count: number) => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed >>> 0) % count;
  };
  const word = () => words[pick(words.length)] ?? '';
  const folders = Array.from({ length: 2_000 }, (_, index) => {
    const depth = 1 + pick(5);
    return join('packages', ...Array.from({ length: depth }, word), `part${index}`);
  });
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  for (let index = 0; index < fileCount - 1; index++) {
    const end = ['.ts', '.tsx', '.test.ts', '.css'][pick(4)] ?? '';
    const folder = folders[pick(folders.length)] ?? '';
    writeFileSync(join(root, folder, `${word()}-${word()}${index}${end}`), '');
  }
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/slug.js'), '');
}

function prefixes(word: string): readonly string[] {
  return Array.from(word, (_, index) => word.slice(0, index + 1));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Tells how long timers were late, while it runs. */
function watchTurns(tell: (ms: number) => void): () => void {
  let last = performance.now();
  const timer = setInterval(() => {
    tell(performance.now() - last - 1);
    last = performance.now();
  }, 1);
  return () => clearInterval(timer);
}
