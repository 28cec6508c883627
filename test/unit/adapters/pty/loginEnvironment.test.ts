import assert from 'node:assert/strict';
import { chmodSync, existsSync } from 'node:fs';
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

describe('the login environment beside a hostile folder', () => {
  const folder = useTempFolder();
  const path = process.env.PATH ?? '';

  const starters = ['BASH_ENV', 'ENV', 'ZDOTDIR', 'PROMPT_COMMAND', 'PS4', 'SHELLOPTS', 'BASHOPTS'];
  for (const shell of ['/bin/bash', '/bin/sh']) {
    it(`C09 runs no start-up file that the environment names: ${shell}`, async () => {
      const mark = folder().at('sprung');
      const trap = folder().write('ws/trap', `touch '${mark}'\n`);
      folder().write('ws/.zshrc', `touch '${mark}'\n`);
      const fallback = {
        ...{ PATH: path, HOME: folder().at('home'), SHELLOPTS: 'xtrace' },
        ...{ BASH_ENV: trap, ENV: trap, ZDOTDIR: folder().at('ws') },
        ...{ PROMPT_COMMAND: `touch '${mark}'`, PS4: `$(touch '${mark}')` },
        'BASH_FUNC_env%%': `() { touch '${mark}'; }`,
      };
      folder().write('home/.profile', 'export FROM_PROFILE=1\n');
      const captured = await loginEnvironment({ shell, fallback })();
      assert.equal(captured.FROM_PROFILE, '1');
      assert.ok(!existsSync(mark));
      const names = Object.keys(commandEnvironment({ ...fallback, ...captured }));
      assert.deepEqual(
        names.filter((name) => starters.includes(name) || name.startsWith('BASH_FUNC')),
        [],
      );
    });
  }

  it('C09 starts the shell at home, not in the folder of the thread, and without `.` on its PATH', async () => {
    const mark = folder().at('sprung');
    chmodSync(folder().write('ws/env', `#!/bin/sh\ntouch '${mark}'\n`), 0o755);
    folder().write('home/.bash_profile', 'export STARTED_IN=$(pwd)\n');
    const before = process.cwd();
    process.chdir(folder().at('ws'));
    try {
      const home = folder().at('home');
      const fallback = { PATH: `.::${path}`, HOME: home };
      const captured = await loginEnvironment({ shell: '/bin/bash', fallback })();
      assert.equal(captured.STARTED_IN, home);
      const odd = captured.PATH!.split(':').filter((entry) => !entry.startsWith('/'));
      assert.deepEqual(odd, []);
    } finally {
      process.chdir(before);
    }
    assert.ok(!existsSync(mark));
  });
});

describe('the environment of commands', () => {
  it('A29 has no place on PATH that means another folder wherever a command starts', () => {
    const found = commandEnvironment({ PATH: '.:/a::bin:./x:/b:' });
    assert.equal(found.PATH, '/a:/b');
  });

  it('C09 has nothing that starts a shell differently, also where it is asked for', () => {
    const names = ['BASH_ENV', 'ENV', 'ZDOTDIR', 'PROMPT_COMMAND', 'PS4', 'BASH_FUNC_ls%%'];
    const captured = Object.fromEntries(names.map((name) => [name, 'x']));
    assert.deepEqual(commandEnvironment(captured, { extraNames: names }), {});
  });

  it('passes on the base folders of the desktop and none of its other variables', () => {
    const captured = { XDG_CONFIG_HOME: '/c', XDG_SESSION_ID: '1', XDG_SEAT_PATH: '/s' };
    assert.deepEqual(commandEnvironment(captured), { XDG_CONFIG_HOME: '/c' });
  });

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
