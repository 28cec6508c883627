// npm run bench [-- --peers]: prints the benchmarks as tables and writes them as JSON to out/bench.
import { install } from './install.mjs';
import { continueWith } from './run.mjs';

await install();
await continueWith('scripts/runBenches.mjs', process.argv.slice(2));
