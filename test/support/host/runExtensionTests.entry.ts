import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInHost } from './runInHost.ts';

/** Mocha runs out of sight, so what it printed comes back in the file with the counts. */
async function printReport(countsFile: string): Promise<void> {
  const { report } = JSON.parse(await readFile(countsFile, 'utf8')) as { report: string };
  if (report) console.log(report);
}

/** Where a run never ended: its slowest tests, and what ran last. */
async function printProgress(countsFile: string): Promise<void> {
  const log = await readFile(`${countsFile}.log`, 'utf8').catch(() => '');
  const lines = log.trimEnd().split('\n');
  const slowest = lines
    .map((line) => ({ line, ms: Number(/\((\d+) ms\)$/.exec(line)?.[1] ?? 0) }))
    .sort((one, other) => other.ms - one.ms);
  console.log(
    `The slowest tests:\n${slowest
      .slice(0, 8)
      .map(({ line }) => line)
      .join('\n')}`,
  );
  console.log(`The last lines:\n${lines.slice(-4).join('\n')}`);
}

async function main(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'tandem-counts-'));
  const counts = process.env['TANDEM_TEST_COUNTS'] ?? join(scratch, 'counts.json');
  try {
    const tests = join(process.cwd(), 'out', 'test', 'extension', 'index.entry.js');
    process.exitCode = await runInHost(tests, { TANDEM_TEST_COUNTS: counts });
    await printReport(counts);
  } catch (error) {
    await printProgress(counts);
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
