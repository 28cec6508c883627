// Builds and runs the benchmarks. `--peers` measures the released reference agent beside ours: it is installed
// on demand, outside the project's own packages.
import { globSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './repository.mjs';
import { run } from './run.mjs';

const peerPackage = '@openai/codex@0.169.0';

for (const args of [[], ['tests']]) await must('node', ['esbuild.mjs', ...args]);
const env = process.argv.includes('--peers') ? { TANDEM_BENCH_PEER: await peer() } : {};
// What `all` holds is measured by it; run by itself, each file prints its own.
const own = ['activation', 'all', 'longRun', 'openThread', 'review', 'terminal'];
for (const file of own.map((name) => `out/test/bench/${name}.bench.js`)) {
  const { code } = await run('node', [file], { env });
  if (code !== 0) process.exitCode = 1;
}

/** The peer's own program; the script that npm puts before it would be measured too. */
async function peer() {
  const folder = join(root, '.vscode-test', 'peers');
  await mkdir(folder, { recursive: true });
  await must('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, peerPackage]);
  const [program] = globSync('node_modules/@openai/codex*/vendor/*/{,*/}codex{,.exe}', {
    cwd: folder,
  });
  if (!program) throw new Error(`${peerPackage} brings no program for this platform.`);
  return join(folder, program);
}

async function must(command, args) {
  const { code, output } = await run(command, args, { quiet: true });
  if (code === 0) return;
  console.error(output.trim());
  process.exit(1);
}
