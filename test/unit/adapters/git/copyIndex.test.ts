import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { utimesSync } from 'node:fs';
import { copyIndex } from '../../../../src/adapters/git/copyIndex';
import { git, makeRepository } from '../../../support/gitRepository';
import { useTempFolder } from '../../../support/tempFolder';

describe('a copy of an index of git', () => {
  const folder = useTempFolder({ 'a.txt': 'a\n' });

  it('knows of a file that changed in the tick in which it was staged', async () => {
    const { path } = folder();
    const at = (name: string) => folder().at(name);
    const tick = Math.floor(Date.now() / 1000) - 3600;
    const inTick = (name: string) => utimesSync(at(name), tick, tick);
    makeRepository(path);
    // The time of the last change of a file's status cannot be set, so git is not to look at it.
    git(path, 'config', 'core.trustctime', 'false');
    inTick('a.txt');
    git(path, 'update-index', '--refresh');
    inTick('.git/index');
    folder().write('a.txt', 'A\n');
    inTick('a.txt');

    await copyIndex(at('.git/index'), at('copy'));
    const changed = execFileSync('git', ['diff', '--name-only'], {
      cwd: path,
      encoding: 'utf8',
      env: { ...process.env, GIT_INDEX_FILE: at('copy') },
    });
    assert.equal(changed, 'a.txt\n');
  });
});
