import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createShadowStore } from '../../src/adapters/git/shadowStore';
import { spread, type Figure } from './figures';

const folders = 1000;
const filesPerFolder = 100;
const rounds = 5;

/** States of a workspace of 100,000 files: the first, one after another program wrote a file, and one without news. */
export async function shadowStoreFigures(): Promise<Figure[]> {
  const base = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  try {
    const root = join(base, 'workspace');
    for (let folder = 0; folder < folders; folder += 1) {
      const path = join(root, `package-${folder % 30}`, `folder-${folder}`);
      mkdirSync(path, { recursive: true });
      for (let file = 0; file < filesPerFolder; file += 1) {
        writeFileSync(join(path, `file-${file}.ts`), `export const n = ${folder * 1000 + file};\n`);
      }
    }
    const log = { info() {}, warn() {}, error() {} };
    const store = createShadowStore({ root, stateFolder: join(base, 'state'), log });
    const first = await time(() => store.snapshot());
    const changed: number[] = [];
    const same: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      writeFileSync(join(root, 'package-0/folder-0/file-0.ts'), `round ${round}\n`);
      changed.push(await time(() => store.snapshot()));
      same.push(await time(() => store.snapshot()));
    }
    const figure = (name: string, value: number, limit?: number): Figure => ({
      name: `100,000 files: ${name}`,
      value,
      unit: 'ms',
      ...(limit === undefined ? {} : { limit }),
    });
    return [
      figure('first state', first),
      figure('state after a change', spread(changed).median, 500),
      figure('state without one', spread(same).median, 500),
    ];
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** Milliseconds. */
async function time(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
