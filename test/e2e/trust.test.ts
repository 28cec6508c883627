import assert from 'node:assert/strict';
import { chmod, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git } from '../support/gitRepository';
import { message, respond, startScriptedServer } from '../support/scriptedServer';
import { inWindow } from './window';

/** Makes everything of the folder a trap that leaves `mark`. */
async function prepareTraps(folder: string, mark: string): Promise<void> {
  const trap = join(folder, 'trap');
  await writeFile(trap, `#!/bin/sh\ntouch '${mark}'\n`);
  await chmod(trap, 0o755);
  git(folder, 'init', '-q');
  git(folder, 'config', 'core.fsmonitor', trap);
  for (const name of ['.envrc', '.env', 'AGENTS.md', '.nvmrc', '.npmrc']) {
    await writeFile(join(folder, name), `touch '${mark}'\nBASH_ENV=${trap}\n`);
  }
  const settings = { 'tandem.approvalPolicy': 'never', 'tandem.mode': 'plan' };
  const file = join(folder, '.vscode/settings.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(settings));
}

/** The folder itself, and one that only leads to a trusted-looking place. */
const shapes: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  'a plain folder': async () => undefined,
  'a folder with a link to itself and a forged worktree': async (folder) => {
    await symlink(folder, join(folder, 'self'));
    await writeFile(join(folder, 'gitdir'), `gitdir: ${folder}/.git/worktrees/x\n`);
  },
};

describe('a folder that is not trusted', () => {
  for (const [name, shape] of Object.entries(shapes)) {
    it(`C08 leaves the agent off, with one button that leads on: ${name}`, async () => {
      const model = await startScriptedServer([respond(message('Never said.'))]);
      let mark = '';
      const prepare = async (folder: string): Promise<void> => {
        mark = join(dirname(folder), 'sprung');
        await prepareTraps(folder, mark);
        await shape(folder);
      };
      const settings = {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
        'git.enabled': false,
      };
      const options = { baseUrl: model.baseUrl, restricted: true, prepare, settings };
      try {
        await inWindow(options, async (window) => {
          await window.openTandem();
          await window.view.getByText('it waits until you trust this workspace').waitFor();
          await window.composer.fill('Do something');
          await window.composer.press('Enter');
          assert.ok(await window.button('Send').isDisabled());
          assert.equal(await window.composer.inputValue(), 'Do something');
          await window.button('Manage trust').click();
          await window.page.getByText('You are in Restricted Mode').first().waitFor();
        });
        assert.deepEqual(model.requests, []);
        await assert.rejects(stat(mark), 'something of the folder ran');
      } finally {
        await model.close();
      }
    });
  }
});
