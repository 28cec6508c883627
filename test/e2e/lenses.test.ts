import assert from 'node:assert/strict';
import { customCall, message, respond } from '../support/scriptedServer';
import { inScriptedWindow, unasked } from './window';

const before = "exports.slug = (title) => title.trim().toLowerCase().replace(' ', '-');";
const after = before.replace("replace(' '", "replaceAll(' '");
const patch = [
  ...['*** Begin Patch', '*** Update File: src/slug.js', '@@'],
  ...[`-${before}`, `+${after}`, '*** End Patch'],
].join('\n');

describe('lenses over changes', () => {
  it('go with the change also where the editor lost the focus in the same moment', () =>
    inScriptedWindow(
      [respond(customCall('apply_patch', patch, 'c1')), respond(message('Done.'))],
      { settings: { ...unasked, 'tandem.model': 'gpt-5.5' }, height: 900 },
      async (window) => {
        const changes = window.region('Changes');
        await window.openTandem();
        await window.send('Replace every space.');
        await window.waitForEnd();
        await window.openFile('src/slug.js');
        await window.lens('Reject').waitFor();
        await window.page.keyboard.press('Alt+n');
        await changes.waitFor({ state: 'hidden' });
        // VS Code forgets then that it was told to ask for lenses again.
        await window.composer.focus();
        await window.lens('Reject').waitFor({ state: 'hidden', timeout: 15_000 });
        assert.match(await window.readFile('src/slug.js'), /\.replace\(' '/);
      },
    ));
});
