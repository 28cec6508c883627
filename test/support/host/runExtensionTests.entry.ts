import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInHost } from './runInHost.ts';

/** Mocha runs out of sight, so what it printed comes back in the file with the counts. */
async function printReport(countsFile: string): Promise<void> {
  const { report } = JSON.parse(await readFile(countsFile, 'utf8')) as { report: string };
  if (report) console.log(report);
}

async function main(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'tandem-counts-'));
  const counts = process.env['TANDEM_TEST_COUNTS'] ?? join(scratch, 'counts.json');
  try {
    const tests = join(process.cwd(), 'out', 'test', 'extension', 'index.entry.js');
    process.exitCode = await runInHost(tests, { TANDEM_TEST_COUNTS: counts });
    await printReport(counts);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
