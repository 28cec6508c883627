import * as l10n from '@vscode/l10n';

// The page brings the texts of its language along, so that the first paint has them. This is imported before
// everything else; texts are looked up when they are drawn, never while a module loads.
const contents = document.getElementById('root')?.dataset.translations;
if (contents) l10n.config({ contents });
