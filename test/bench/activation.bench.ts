import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runInHost } from '../support/host/runInHost.ts';
import type { ActivationFigures } from './activationProbe.entry';
import { printTable, spread } from './figures';

const rounds = 3;

/** Activation in a real extension host: our own share of it, and the whole beside a tiny extension's. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-activation-'));
  const file = join(folder, 'figures.json');
  const runs: ActivationFigures[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const probe = resolve('out/test/bench/activationProbe.entry.js');
      const code = await runInHost(probe, { TANDEM_PROBE_FILE: file });
      if (code !== 0) throw new Error('The extension host reported a failure.');
      runs.push(JSON.parse(readFileSync(file, 'utf8')) as ActivationFigures);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const median = (key: keyof ActivationFigures) => spread(runs.map((run) => run[key])).median;
  console.log(
    printTable([
      { name: 'extension: load and activate', value: median('ownMs'), unit: 'ms', limit: 50 },
      { name: 'extension: the same as VS Code sees it', value: median('wholeMs'), unit: 'ms' },
      { name: 'a tiny extension as VS Code sees it', value: median('tinyMs'), unit: 'ms' },
    ]),
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
