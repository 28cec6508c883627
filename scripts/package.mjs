// npm run package [-- --out FILE]: a .vsix for this platform.
import { install } from './install.mjs';
import { continueWith } from './run.mjs';

await install();
await continueWith('scripts/buildPackage.mjs', process.argv.slice(2));
