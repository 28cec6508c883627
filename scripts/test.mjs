// npm test [-- STAGE or TEST FILE ...]: installs what is missing, then runs everything under the pinned Node.js.
import { install } from './install.mjs';
import { continueWith } from './run.mjs';

await install();
await continueWith('scripts/runStages.mjs', process.argv.slice(2));
