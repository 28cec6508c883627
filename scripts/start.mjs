// npm start [-- DIR]: installs what is missing, then opens VS Code with the extension under the pinned Node.js.
import { install } from './install.mjs';
import { continueWith } from './run.mjs';

await install();
await continueWith('scripts/openVscode.mjs', process.argv.slice(2));
