import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { commandPins, pinVariables } from '../../../../src/adapters/git/gitPins';
import { createLocalMachine } from '../../../../src/adapters/shell/localMachine';
import { decide } from '../../../../src/policy/decide';
import { command, parser, situation } from '../../../support/askingPolicy';
import { useTempFolder } from '../../../support/tempFolder';

/** Real repositories, and what is decided about git in them. */
describe('repositories that commands meet', () => {
  const folder = useTempFolder();
  before(() => parser.load());

  function git(path: string, ...args: string[]): string {
    const author = ['-c', 'user.name=T', '-c', 'user.email=t@example.org'];
    const env = { PATH: process.env['PATH'], HOME: folder().path, ...pinVariables(commandPins) };
    return execFileSync('git', ['-C', folder().at(path), ...author, ...args], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  function makeRepository(path: string): void {
    folder().write(`${path}/a.txt`, 'a\n');
    git(path, 'init', '-q');
    git(path, 'add', 'a.txt');
    git(path, 'commit', '-qm', 'one');
  }

  /** Decides about a line with the real machine, in a sandbox where `confined`. */
  async function kindOf(
    line: string,
    at = 'root',
    options: { confined?: boolean; root?: string } = {},
  ) {
    const environment = async () => ({ PATH: process.env['PATH'] });
    const machine = createLocalMachine({ environment, shell: '/bin/bash' });
    await machine.load();
    const sandboxUnavailable = options.confined ? undefined : () => 'none here';
    const root = folder().at(options.root ?? 'root');
    const thread = situation({ root, machine, sandboxUnavailable });
    return decide({ ...command(line), cwd: folder().at(at) }, thread).kind;
  }

  const daily = ['git status', 'git diff', 'git log -p -n 3', 'git show HEAD', 'git blame a.txt'];
  beforeEach(() => makeRepository('root'));

  it('are read without a question where nothing is odd about them', async () => {
    git('root', 'config', 'blame.ignoreRevsFile', '.git-blame-ignore-revs');
    folder().write('root/.git-blame-ignore-revs', '# none\n');
    for (const line of daily) assert.equal(await kindOf(line), 'allow', line);
  });

  for (const [key, value] of [
    ['diff.submodule', 'diff'],
    ['diff.submodule', 'log'],
    ['status.submoduleSummary', 'true'],
    ['submodule.recurse', 'true'],
    ['pretty.foo', '%G?'],
    ['format.pretty', '%G?'],
    ['log.showSignature', 'true'],
    ['tag.sort', 'signature'],
    ['blame.ignoreRevsFile', '/etc/hostname'],
    ['blame.ignoreRevsFile', '.env'],
    ['blame.ignoreRevsFile', 'a/.git-blame-ignore-revs'],
    ['core.attributesFile', '/etc/hostname'],
    ['mailmap.file', '/etc/hostname'],
  ] as const) {
    it(`C04 asks where a repository sets ${key} to ${value}`, async () => {
      git('root', 'config', key, value);
      for (const line of daily) assert.equal(await kindOf(line), 'ask', line);
      assert.equal(await kindOf('git status', 'root', { confined: true }), 'allow');
    });
  }

  it('C04 asks where the usual name of revisions to ignore is a link, or only looks like that name', async () => {
    git('root', 'config', 'blame.ignoreRevsFile', '.git-blame-ignore-revs');
    symlinkSync('/etc/hostname', folder().at('root/.git-blame-ignore-revs'));
    assert.equal(await kindOf('git blame a.txt'), 'ask');
    rmSync(folder().at('root/.git-blame-ignore-revs'));
    assert.equal(await kindOf('git blame a.txt'), 'allow');
    git('root', 'config', 'blame.ignoreRevsFile', '.git-blame-ignore-revs\u2028x');
    assert.equal(await kindOf('git blame a.txt'), 'ask');
  });

  it('C04 has git start nothing of a submodule that only commits know', () => {
    makeRepository('root/sub');
    git('root', 'add', 'sub');
    git('root', 'commit', '-qm', 'with');
    folder().write('root/sub/a.txt', 'b\n');
    git('root/sub', 'commit', '-qam', 'two');
    git('root', 'commit', '-qam', 'moved');
    const mark = folder().at('sprung');
    const program = folder().write('evil', `#!/bin/sh\n: > '${mark}'\n`);
    chmodSync(program, 0o755);
    git('root/sub', 'config', 'diff.external', program);
    git('root', 'config', 'diff.submodule', 'diff');
    git('root', 'config', 'status.submoduleSummary', 'true');
    assert.match(git('root', 'show', '--ext-diff'), /Subproject commit/);
    git('root', 'status');
    assert.ok(!existsSync(mark));
  });

  for (const [what, plant] of [
    ['an empty folder', () => mkdirSync(folder().at('root/sub/.git'), { recursive: true })],
    [
      'one without a head',
      () =>
        ['objects', 'refs'].forEach((name) => {
          mkdirSync(folder().at('root/sub/.git', name), { recursive: true });
        }),
    ],
    [
      'one with a head that is none',
      () => {
        for (const name of ['objects', 'refs'])
          mkdirSync(folder().at('root/sub/.git', name), { recursive: true });
        folder().write('root/sub/.git/HEAD', 'ref: heads/main\n');
      },
    ],
    [
      'one without objects',
      () => {
        mkdirSync(folder().at('root/sub/.git/refs'), { recursive: true });
        folder().write('root/sub/.git/HEAD', 'ref: refs/heads/main\n');
      },
    ],
    [
      'a pipe',
      () => {
        mkdirSync(folder().at('root/sub'));
        execFileSync('mkfifo', [folder().at('root/sub/.git')]);
      },
    ],
    [
      'a link to nowhere',
      () => {
        mkdirSync(folder().at('root/sub'));
        symlinkSync('nowhere', folder().at('root/sub/.git'));
      },
    ],
  ] as const) {
    it(`C05 looks on upwards where the nearest .git is ${what}`, async () => {
      plant();
      for (const line of ['git diff', 'git status'])
        assert.equal(await kindOf(line, 'root/sub'), 'allow', line);
      assert.match(git('root/sub', 'rev-parse', '--show-toplevel'), /\/root\n$/);
      git('root', 'config', 'diff.external', './evil');
      for (const line of ['git diff', 'git status'])
        assert.equal(await kindOf(line, 'root/sub'), 'ask', line);
    });
  }

  it('C05 asks in a folder that is laid out like the part of a work tree', async () => {
    makeRepository('root/lib');
    renameSync(folder().at('root/lib/.git'), folder().at('root/kept'));
    folder().write('root/lib/HEAD', 'ref: refs/heads/main\n');
    assert.equal(await kindOf('git diff', 'root/lib'), 'allow');
    folder().write('root/lib/commondir', '../kept\n');
    assert.equal(await kindOf('git diff', 'root/lib'), 'ask');
  });

  it('C05 finds what the repository above holds where the nearest .git is none', async () => {
    mkdirSync(folder().at('root/sub/.git'), { recursive: true });
    folder().write('root/sub/.env', 'K=1\n');
    git('root', 'add', '-f', 'sub/.env');
    const here = createLocalMachine({ environment: async () => ({}), shell: '/bin/bash' });
    assert.equal(here.mayTrack(folder().at('root/sub'), [folder().at('root/sub/.env')]), true);
  });

  it('C04 takes a pointer of .git as git does, with blanks at its end', async () => {
    makeRepository('root/sub');
    renameSync(folder().at('root/sub/.git'), folder().at('root/kept '));
    makeRepository('root/other');
    renameSync(folder().at('root/other/.git'), folder().at('root/kept'));
    folder().write('root/sub/.git', 'gitdir: ../kept \n');
    assert.equal(await kindOf('git diff', 'root/sub'), 'allow');
    git('root/sub', 'config', 'diff.external', './evil');
    assert.equal(await kindOf('git diff', 'root/sub'), 'ask');
  });

  it('C04 is held up by no pipe in place of an index', async () => {
    rmSync(folder().at('root/.git/index'));
    execFileSync('mkfifo', [folder().at('root/.git/index')]);
    assert.equal(await kindOf('git status'), 'ask');
  });

  describe('outside of the folder', () => {
    beforeEach(() => makeRepository('other'));
    const foreign: readonly (readonly [what: string, plant: () => void])[] = [
      [
        'a file that points there',
        () => void folder().write('root/wt/.git', `gitdir: ${folder().at('other/.git')}\n`),
      ],
      ['a relative one', () => void folder().write('root/wt/.git', 'gitdir: ../../other/.git')],
      ['a link', () => symlinkSync(folder().at('other/.git'), folder().at('root/wt/.git'))],
      [
        'a folder that shares with it',
        () => {
          for (const name of ['objects', 'refs'])
            mkdirSync(folder().at('root/wt/.git', name), { recursive: true });
          folder().write('root/wt/.git/HEAD', 'ref: refs/heads/master\n');
          folder().write('root/wt/.git/commondir', '../../../other/.git\n');
        },
      ],
      [
        'a folder that borrows its objects',
        () => {
          makeRepository('root/wt');
          folder().write(
            'root/wt/.git/objects/info/alternates',
            '../../../../other/.git/objects\n',
          );
        },
      ],
      [
        'a folder with a link to its objects',
        () => {
          makeRepository('root/wt');
          rmSync(folder().at('root/wt/.git/objects'), { recursive: true });
          symlinkSync(folder().at('other/.git/objects'), folder().at('root/wt/.git/objects'));
        },
      ],
      [
        'a folder with links to some of its objects',
        () => {
          makeRepository('root/wt');
          rmSync(folder().at('root/wt/.git/objects/pack'), { recursive: true });
          symlinkSync(folder().at('other/.git/objects'), folder().at('root/wt/.git/objects/pack'));
        },
      ],
    ];
    for (const [what, plant] of foreign) {
      it(`B14 asks before git shows another repository by ${what}, in a sandbox too`, async () => {
        mkdirSync(folder().at('root/wt'));
        plant();
        for (const confined of [false, true]) {
          for (const line of ['git log -p -n 1', 'git status', 'git show HEAD'])
            assert.equal(await kindOf(line, 'root/wt', { confined }), 'ask', line);
          assert.equal(await kindOf('cd wt && git log', 'root', { confined }), 'ask');
          assert.equal(await kindOf('git log', 'root', { confined }), 'allow');
        }
      });
    }

    it('is no question in a work tree that is opened itself, nor in others of its repository', async () => {
      git('other', 'worktree', 'add', '-q', folder().at('tree'));
      git('other', 'worktree', 'add', '-q', folder().at('tree/inner'));
      mkdirSync(folder().at('tree/deep'));
      for (const confined of [false, true]) {
        for (const at of ['tree', 'tree/deep', 'tree/inner']) {
          assert.equal(await kindOf('git log -p', at, { confined, root: 'tree' }), 'allow', at);
        }
        const root = 'other/deep';
        mkdirSync(folder().at(root), { recursive: true });
        assert.equal(await kindOf('git status', root, { confined, root }), 'allow');
      }
      folder().write('tree/evil/.git', `gitdir: ${folder().at('root/.git')}\n`);
      assert.equal(await kindOf('git log', 'tree/evil', { root: 'tree' }), 'ask');
    });

    it('is no question for work trees and submodules inside the folder', async () => {
      git('root', 'worktree', 'add', '-q', folder().at('root/trees/one'));
      assert.equal(await kindOf('cd trees/one && git log -p'), 'allow');
      git(
        'root',
        '-c',
        'protocol.file.allow=always',
        'submodule',
        '-q',
        'add',
        folder().at('other'),
        'lib',
      );
      for (const at of ['root', 'root/lib'])
        assert.equal(await kindOf('git log', at, { confined: true }), 'allow', at);
    });
  });
});
