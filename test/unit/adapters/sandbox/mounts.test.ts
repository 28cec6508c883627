import assert from 'node:assert/strict';
import {
  bubblewrapArguments,
  nulSeparated,
} from '../../../../src/adapters/sandbox/bubblewrapArguments';
import { confinedEnvironment } from '../../../../src/adapters/sandbox/confinedEnvironment';
import { findTrustedProgram } from '../../../../src/adapters/sandbox/findBubblewrap';
import { standInFor } from '../../../../src/adapters/sandbox/hiddenPlaces';
import { isWithin, mountArguments } from '../../../../src/adapters/sandbox/mounts';
import { useTempFolder } from '../../../support/tempFolder';

describe('the arguments of bubblewrap', () => {
  it('mount what lies deeper later, and of two on one path the later', () => {
    const args = mountArguments([
      { kind: 'read', path: '/w/.git' },
      { kind: 'write', path: '/w' },
      { kind: 'write', path: '/h/.ssh' },
      { kind: 'empty', path: '/h/.ssh', from: '/s/nothing' },
      { kind: 'read', path: '/' },
      { kind: 'processes', path: '/proc' },
      { kind: 'read', path: '/h/.netrc', from: '/s/none' },
    ]);
    assert.equal(
      args.join(' '),
      '--ro-bind / / --bind /w /w --proc /proc --ro-bind /w/.git /w/.git --ro-bind /s/nothing /h/.ssh --ro-bind /s/none /h/.netrc --remount-ro /proc',
    );
  });

  it('make room in an empty folder where something lies in it, and close it then', () => {
    const args = mountArguments([
      { kind: 'empty', path: '/h/.config', from: '/s/nothing' },
      { kind: 'write', path: '/h/.config/w' },
    ]);
    assert.equal(
      args.join(' '),
      '--perms 0700 --tmpfs /h/.config --bind /h/.config/w /h/.config/w --remount-ro /h/.config',
    );
  });

  it('give no capability, no network and no environment, and end with whoever started it', () => {
    const args = bubblewrapArguments({ mounts: [], env: { A: '1' }, cwd: '/w', network: 'none' });
    assert.match(args.join(' '), /--unshare-user .*--unshare-net --die-with-parent --cap-drop ALL/);
    assert.match(args.join(' '), /--clearenv --setenv A 1 --chdir \/w$/);
    assert.equal(args.includes('--new-session'), false);
    const joined = bubblewrapArguments({ mounts: [], env: {}, cwd: '/', network: 'joined' });
    assert.equal(joined.includes('--unshare-net'), false);
  });

  it('keep words with line ends and blanks whole', () => {
    assert.equal(nulSeparated(['a b', 'c\nd', '']).toString(), 'a b\0c\nd\0\0');
  });
});

describe('paths of mounts', () => {
  it('B01 compare whole names', () => {
    assert.equal(isWithin('/w/app', '/w/app-evil'), false);
    assert.equal(isWithin('/w/app', '/w/app'), true);
    assert.equal(isWithin('/w/app', '/w/app/x'), true);
    assert.equal(isWithin('/', '/x'), true);
  });
});

describe('the environment of confined commands', () => {
  it('D15 E06 has no way out of the sandbox in it', () => {
    const names = [
      ...['DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'],
      ...['SSH_AUTH_SOCK', 'GPG_AGENT_INFO', 'VSCODE_IPC_HOOK_CLI', 'DOCKER_HOST', 'BASH_ENV'],
      ...['HTTPS_PROXY', 'http_proxy', 'no_proxy', 'ELECTRON_RUN_AS_NODE', 'ZDOTDIR'],
    ];
    const captured = Object.fromEntries(names.map((name) => [name, 'x']));
    const places = { temp: '/tmp', cache: '/tmp/.cache' };
    const env = confinedEnvironment({ ...captured, PATH: '/bin', HOME: '/h', CC: 'cc' }, places);
    for (const name of names) assert.equal(env[name], undefined, name);
    assert.deepEqual([env.PATH, env.CC, env.TMPDIR], ['/bin', 'cc', '/tmp']);
  });
});

describe('what stands in for a hidden file', () => {
  const folder = useTempFolder();

  it('keeps of .npmrc where packages come from and no secret', () => {
    const path = folder().write(
      '.npmrc',
      [
        'registry=https://registry.example.org/',
        '@me:registry = https://npm.example.org/path/',
        '//registry.example.org/:_authToken=CANARY',
        '_auth=CANARY',
        'registry=https://me:CANARY@registry.example.org/',
        'registry=https://registry.example.org/?token=CANARY',
        'cache=/c',
      ].join('\n'),
    );
    assert.deepEqual(standInFor(path).split('\n').slice(1, -1), [
      'registry=https://registry.example.org/',
      '@me:registry = https://npm.example.org/path/',
      'cache=/c',
    ]);
  });

  it('can be read by what reads the file', () => {
    assert.deepEqual(JSON.parse(standInFor('/h/.claude.json')), {});
    assert.match(standInFor('/h/.m2/settings.xml'), /^<settings\/>/);
    assert.match(standInFor('/w/.env'), /^# /);
  });
});

describe('finding bubblewrap', () => {
  const folder = useTempFolder();

  it('A29 takes no program that anybody but root could change', () => {
    const planted = folder().write('bwrap', '#!/bin/sh\n');
    assert.equal(findTrustedProgram([planted, '/no/bwrap', '/etc/passwd', '/usr']), undefined);
    assert.equal(findTrustedProgram([planted, '/bin/sh'])?.path.startsWith('/usr/bin/'), true);
  });
});
