// npm run soak [-- MINUTES]: hours of work in minutes, and hosts that are killed; prints what grows and fails on a leak.
import { install } from './install.mjs';
import { run } from './run.mjs';

await install();
const minutes = process.argv[2] ?? '2';
const built = await run('node', ['esbuild.mjs', 'headless', 'tests']);
const { code } =
  built.code === 0
    ? await run('node', ['--expose-gc', 'out/test/bench/soak.entry.js', minutes])
    : built;
process.exitCode = code;
