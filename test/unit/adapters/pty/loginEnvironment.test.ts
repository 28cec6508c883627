import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { commandEnvironment } from '../../../../src/adapters/pty/commandEnvironment';
import { loginEnvironment } from '../../../../src/adapters/pty/loginEnvironment';
import { useTempFolder } from '../../../support/tempFolder';

describe('the login environment', () => {
  const folder = useTempFolder();
  const path = process.env.PATH ?? '';

  function shellScript(text: string): string {
    const file = folder().write('shell', `#!/bin/bash\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  it('has what the start-up files set, whatever else they print', async () => {
    folder().write('.bash_profile', 'echo "Welcome! A=b"\nexport FROM_PROFILE="two\nlines=yes"\n');
    const capture = loginEnvironment({
      shell: '/bin/bash',
      fallback: { PATH: path, HOME: folder().path },
    });
    const captured = await capture();
    assert.equal(captured.FROM_PROFILE, 'two\nlines=yes');
    assert.equal(captured.A, undefined);
  });

  it('asks the shell once', async () => {
    const shell = shellScript(`echo x >> ${folder().at('runs')}; exec /bin/bash "$@"`);
    const capture = loginEnvironment({ shell, fallback: { PATH: path, HOME: folder().path } });
    assert.equal(await capture(), await capture());
    assert.equal((await capture()).HOME, folder().path);
  });

  it('falls back where the shell is missing, fails, or hangs', async () => {
    const fallback = { PATH: path, MINE: 'yes' };
    for (const shell of ['/no/shell', shellScript('exit 1'), shellScript('sleep 60')]) {
      const capture = loginEnvironment({ shell, fallback, timeoutMs: 100 });
      assert.equal(await capture(), fallback);
    }
  });
});

describe('the environment of commands', () => {
  it('passes on what is listed and nothing else', () => {
    const captured = {
      ...{ PATH: '/bin', HOME: '/h', LC_ALL: 'C', XDG_CACHE_HOME: '/c', JAVA_HOME: '/j' },
      ...{ MY_SETTING: '1', OPENAI_API_KEY: 'sk-1', EMPTY: undefined },
    };
    assert.deepEqual(commandEnvironment(captured), {
      ...{ PATH: '/bin', HOME: '/h', LC_ALL: 'C', XDG_CACHE_HOME: '/c', JAVA_HOME: '/j' },
    });
  });

  it('passes on no secret, not even where it is asked to', () => {
    const captured = {
      ...{ GITHUB_TOKEN: 't', MISE_GITHUB_TOKEN: 't', SSH_AUTH_SOCK: 's', DB_PASSWORD: 'p' },
      ...{ Api_Key: 'k', MY_CREDENTIALS: 'c', HTTPS_PROXY: 'http://me:pw@proxy:1', MINE: 'm' },
      http_proxy: 'http://proxy:1',
    };
    const extraNames = [...Object.keys(captured), '*'];
    assert.deepEqual(commandEnvironment(captured, { extraNames }), {
      MINE: 'm',
      http_proxy: 'http://proxy:1',
    });
  });

  it('puts ripgrep at the end of PATH', () => {
    const { PATH } = commandEnvironment({ PATH: '/a:/b' }, { ripgrepFolder: '/rg' });
    assert.equal(PATH, '/a:/b:/rg');
    assert.equal(commandEnvironment({}, { ripgrepFolder: '/rg' }).PATH, '/rg');
  });
});
