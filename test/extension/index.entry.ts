import { globSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** What VS Code calls to run the tests of this folder inside its extension host; rejects when one fails. */
export async function run(): Promise<void> {
  const root = join(__dirname, '..', '..', '..');
  const mocha = new Mocha({
    timeout: 120_000,
    retries: 1,
    reporter: join(root, 'scripts', 'mochaReporter.cjs'),
  });
  const chosen = process.env['TANDEM_TEST_FILE'];
  const files = globSync(chosen ?? '**/*.test.js', { cwd: __dirname });
  for (const file of files.sort()) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
