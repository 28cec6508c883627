import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, makeRepository } from '../support/gitRepository';
import { functionCall, message, respond } from '../support/scriptedServer';
import { inScriptedWindow, unasked } from './window';

const edit =
  "sed -i \"s/replace(' '/replaceAll(' '/\" src/slug.js && sed -i 's/first/every/' notes.md && node --version";
const script = [
  respond(functionCall('exec_command', { cmd: edit }, 'call-1')),
  respond(message('Slugs have no spaces now: src/slug.js:1.')),
  respond(message('Replace every space in slugs')),
  respond(message('Replace every space\n\nTitles of three words keep no space (src/slug.js:1).')),
  respond(message('Let notes tell of every space')),
];

describe('from accepted changes to the repository', () => {
  it('commits the accepted file with the edited message, and drafts the words around it', () =>
    inScriptedWindow(script, { settings: unasked, height: 860 }, async (window, server) => {
      const run = (...args: string[]) => git(window.folder, ...args);
      makeRepository(window.folder);
      run('config', 'user.name', 'T');
      run('config', 'user.email', 't@example.org');
      writeFileSync(join(window.folder, 'mine.txt'), 'mine\n');
      run('add', 'mine.txt');

      await window.openTandem();
      await window.send('Fix the slug');
      await window.waitForEnd();
      const changes = window.region('Changes');
      await window.button('Accept src/slug.js').click();
      await changes.getByText('1 file accepted, not committed').waitFor();
      await window.runCommand('Commit Accepted Changes');
      const field = window.view.getByRole('textbox', { name: 'Commit message' });
      await changes.getByText('1 file on main').waitFor();
      await assertEventually(async () =>
        assert.equal(await field.inputValue(), 'Replace every space in slugs'),
      );
      await window.screenshot('commit');
      await field.fill('Replace every space in slugs\n\nFixes the links.');
      await window.button('Commit').click();
      await changes.getByText(/Committed [0-9a-f]{7} Replace every space in slugs/).waitFor();
      assert.equal(
        run('log', '-1', '--format=%B'),
        'Replace every space in slugs\n\nFixes the links.',
      );
      assert.equal(run('show', '--name-only', '--format=', 'HEAD'), 'src/slug.js');
      assert.equal(run('status', '--porcelain'), ['A  mine.txt', ' M notes.md'].join('\n'));

      await window.button('Pull request text').click();
      const document = window.page.getByRole('tab', { name: /Untitled-1/ }).first();
      await document.waitFor();
      await window.editor.getByText('# Replace every space').waitFor();
      await window.editor.getByText('## Checks').waitFor();

      await window.runCommand('Write Commit Message with Tandem');
      await window.page
        .getByRole('tab', { name: /Source Control/ })
        .first()
        .click();
      await window.page.locator('.scm-editor').getByText('Let notes tell of every space').waitFor();
      await window.screenshot('commit-message');
      const asked = JSON.stringify(server.requests.at(-1)?.body.input);
      assert.match(asked, /update notes\.md/);
      assert.doesNotMatch(asked, /update src/, 'what is committed is no part of it');
    }));
});

async function assertEventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await check();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
