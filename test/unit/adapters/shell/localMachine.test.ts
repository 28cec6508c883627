import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createLocalMachine } from '../../../../src/adapters/shell/localMachine';
import { createTreeSitterParser } from '../../../../src/adapters/shell/treeSitterParser';
import { decide } from '../../../../src/policy/decide';
import { command, situation } from '../../../support/askingPolicy';
import { makeTempFolder, type TempFolder } from '../../../support/tempFolder';

describe('the machine that commands run on', () => {
  let folder: TempFolder;
  const parser = createTreeSitterParser();
  before(() => parser.load());
  beforeEach(() => {
    folder = makeTempFolder({
      'root/a.txt': 'a',
      'outside/secret': 's',
      'bin/tool': '',
      'x/tool': '',
    });
    for (const path of ['bin/tool', 'x/tool']) chmodSync(folder.at(path), 0o755);
  });
  afterEach(() => folder.remove());

  async function machine(path: string, shell = '/bin/bash', platform: NodeJS.Platform = 'linux') {
    const made = createLocalMachine({ environment: async () => ({ PATH: path }), shell, platform });
    await made.load();
    return made;
  }

  /** Decides about a line in `root`, or in a folder there, with the real machine. */
  async function kindOf(
    line: string,
    path = process.env.PATH ?? '',
    workdir = 'root',
  ): Promise<string> {
    const root = folder.at('root');
    const access = { ...command(line), cwd: folder.at(workdir) };
    const ground = { root, shellParser: parser, machine: await machine(path) };
    return decide(access, situation(ground)).kind;
  }

  it('finds what a shell would start, with its real place', async () => {
    symlinkSync(folder.at('x/tool'), folder.at('bin/link'));
    const found = await machine(`${folder.at('none')}:${folder.at('bin')}:${folder.at('x')}`);
    assert.deepEqual(found.findProgram('tool'), {
      path: folder.at('bin/tool'),
      realPath: folder.at('bin/tool'),
    });
    assert.equal(found.findProgram('link')?.realPath, folder.at('x/tool'));
    assert.equal(found.findProgram('missing'), undefined);
    renameSync(folder.at('bin/tool'), folder.at('bin/gone'));
    assert.equal(found.findProgram('tool')?.path, folder.at('x/tool'));
  });

  for (const entry of ['.', '', 'bin', './bin']) {
    it(`A29 finds nothing where the search path holds ${JSON.stringify(entry)}`, async () => {
      const found = await machine(`${entry}:${process.env.PATH}`);
      assert.equal(found.findProgram('ls'), undefined);
    });
  }

  for (const [title, plant] of [
    [
      'as a file',
      () => writeFileSync(folder.at('root/ls'), '#!/bin/sh\ntouch pwned\n', { mode: 0o755 }),
    ],
    ['as a link', () => symlinkSync('/bin/rm', folder.at('root/ls'))],
    [
      'behind a link from outside',
      () => {
        writeFileSync(folder.at('root/evil'), '', { mode: 0o755 });
        symlinkSync(folder.at('root/evil'), folder.at('bin/ls'));
      },
    ],
  ] as const) {
    it(`A29 asks where a program is planted in the folder ${title}`, async () => {
      plant();
      const path = `${folder.at('root')}:${folder.at('bin')}:${process.env.PATH}`;
      assert.equal(await kindOf('ls', path), 'ask');
      assert.equal(await kindOf('ls'), 'allow');
    });
  }

  for (const [line, link] of [
    ['cat link', () => symlinkSync(folder.at('outside/secret'), folder.at('root/link'))],
    ['cat link/secret', () => symlinkSync(folder.at('outside'), folder.at('root/link'))],
    ['cat link/../outside/secret', () => symlinkSync(folder.at('outside'), folder.at('root/link'))],
    ['cd link && ls', () => symlinkSync(folder.at('outside'), folder.at('root/link'))],
    ['cd link && cat a.txt', () => symlinkSync(folder.at('outside'), folder.at('root/link'))],
    // The shell takes the first for `sub`, where the file leads out; the system takes it for `docs`.
    [
      'cd sub/link/.. && cat a.txt',
      () => {
        for (const path of ['sub', 'docs/deep'])
          mkdirSync(folder.at('root', path), { recursive: true });
        symlinkSync('../docs/deep', folder.at('root/sub/link'));
        symlinkSync(folder.at('outside/secret'), folder.at('root/sub/a.txt'));
      },
    ],
    [
      'cat notes',
      () => {
        writeFileSync(folder.at('root/.env'), 'K=1');
        symlinkSync('.env', folder.at('root/notes'));
      },
    ],
    ['ls loop', () => symlinkSync('loop', folder.at('root/loop'))],
    ...['cd -- sub && cat link', 'cd -- sub; cat link', 'cd -P sub && cat link'].map(
      (line) =>
        [
          line,
          () => {
            mkdirSync(folder.at('root/sub'));
            symlinkSync(folder.at('outside/secret'), folder.at('root/sub/link'));
          },
        ] as const,
    ),
  ] as const) {
    it(`A18 asks about ${line} where a link leads out of the folder`, async () => {
      link();
      assert.equal(await kindOf(line), 'ask');
      assert.equal(await kindOf('cat a.txt'), 'allow');
    });
  }

  it('A18 asks where `cd` behind `--` leads further up than it seems', async () => {
    mkdirSync(folder.at('root/deep/deeper'), { recursive: true });
    for (const line of [
      'cd -- ../.. && cat ../outside/secret',
      'cd -- .. && cat ../../outside/secret',
    ])
      assert.equal(await kindOf(line, undefined, 'root/deep/deeper'), 'ask', line);
  });

  for (const line of ['cat secret', 'grep -rn s', 'find -name s', 'git log -p', 'ls', 'echo a']) {
    it(`B07 asks about ${line} in a folder that is a link out of the root, and runs it in no reading mode`, async () => {
      symlinkSync(folder.at('outside'), folder.at('root/link'));
      symlinkSync('.', folder.at('root/here'));
      assert.equal(await kindOf(line, undefined, 'root/link'), 'ask');
      assert.equal(await kindOf(line, undefined, 'root/here'), 'allow');
      const ground = { root: folder.at('root'), machine: await machine(process.env.PATH ?? '') };
      const access = { ...command(line), cwd: folder.at('root/link') };
      for (const sandboxUnavailable of [undefined, () => 'none here']) {
        const more = { ...ground, mode: 'ask', sandboxUnavailable } as const;
        assert.equal(decide(access, situation(more)).kind, 'deny');
      }
    });
  }

  it('B07 lets nothing start in a link out of the root because of its sandbox', async () => {
    symlinkSync(folder.at('outside'), folder.at('root/link'));
    const ground = { root: folder.at('root'), machine: await machine(process.env.PATH ?? '') };
    const access = { ...command('touch a'), cwd: folder.at('root/link') };
    const confined = { approvalPolicy: 'on-request', sandboxUnavailable: undefined } as const;
    const verdict = decide(access, situation({ ...ground, ...confined }));
    assert.match(verdict.kind === 'ask' ? verdict.reasons.join() : '', /link leads outside/);
  });

  it('A18 asks before diff compares folders, which may hold links out of the root', async () => {
    for (const path of ['one', 'two']) mkdirSync(folder.at('root', path));
    symlinkSync(folder.at('outside/secret'), folder.at('root/one/x'));
    for (const path of ['two/x', 'x']) writeFileSync(folder.at('root', path), 'x');
    for (const line of [
      'diff one two',
      'diff x one',
      'diff -q one .',
      'diff one/x x',
      'diff x none',
    ])
      assert.equal(await kindOf(line), 'ask', line);
    assert.equal(await kindOf('diff two/x x'), 'allow');
    execFileSync('mkfifo', [folder.at('root/pipe')]);
    assert.equal(await kindOf('diff x pipe'), 'ask');
  });

  it('lets a folder that is itself reached by a link be read', async () => {
    symlinkSync(folder.at('root'), folder.at('alias'));
    const root = folder.at('alias');
    const ground = { root, shellParser: parser, machine: await machine(process.env.PATH ?? '') };
    assert.equal(decide({ ...command('cat a.txt'), cwd: root }, situation(ground)).kind, 'allow');
  });

  it('A28 understands no line on Windows, nor of a shell with a grammar of its own', async () => {
    assert.match((await machine('/bin', 'cmd.exe', 'win32')).unreadable ?? '', /Windows/);
    assert.match((await machine('/bin', '/usr/bin/fish')).unreadable ?? '', /shell fish/);
    for (const shell of ['/bin/sh', '/bin/bash', '/usr/bin/zsh']) {
      assert.equal((await machine('/bin', shell)).unreadable, undefined);
    }
  });

  it('tells the content of scripts apart', async () => {
    const here = await machine('/bin');
    const path = folder.at('root/a.txt');
    const before = here.fingerprint(path);
    assert.equal(here.fingerprint(path), before);
    writeFileSync(path, 'b');
    assert.notEqual(here.fingerprint(path), before);
    assert.equal(here.fingerprint(folder.at('none')), 'absent');
    assert.equal(here.fingerprint(folder.path), 'unreadable');
  });

  it('A26 tells it also where size and time are made the same, now and after the digest was kept', async () => {
    const here = await machine('/bin');
    const path = folder.at('root/a.txt');
    const past = new Date(1_600_000_000_000);
    const digests = new Set<string>();
    for (const content of ['1', '2', '3']) {
      writeFileSync(path, content);
      utimesSync(path, past, past);
      digests.add(here.fingerprint(path));
    }
    await new Promise((resolve) => setTimeout(resolve, 2100));
    digests.add(here.fingerprint(path));
    writeFileSync(path, '4');
    utimesSync(path, past, past);
    digests.add(here.fingerprint(path));
    assert.equal(digests.size, 4);
  });

  describe('with a repository', () => {
    const config = (text: string) => writeFileSync(folder.at('root/.git/config'), text);
    beforeEach(() => {
      mkdirSync(folder.at('root/.git/hooks'), { recursive: true });
      config('[core]\n\trepositoryformatversion = 0\n[remote "origin"]\n\turl = x\n');
    });

    it('lets git read one that names no programs', async () => {
      for (const line of [
        'git status',
        'git diff',
        'git log -p -n 3',
        'git show HEAD',
        'cd . && git blame a.txt',
      ]) {
        assert.equal(await kindOf(line), 'allow', line);
      }
    });

    for (const text of [
      '[core]\n\tfsmonitor = ./x',
      '[diff]\n\texternal = ./x',
      '[diff "a"]\n\ttextconv = ./x',
      '[diff "a"]\n\tcommand = ./x',
      '[FILTER "a"]\n\tclean = ./x',
      '[core]\n\tpager = ./x',
      '[core]\n\tworktree = /etc',
      '[core] worktree=..',
      '[core]\n\thooksPath = "./x"',
      '[core]\n\thooksPath = ~/x',
      '[core]\n\thooksPath = \\\n./x',
      '[gpg]\n\tprogram = ./x',
      '[include]\n\tpath = ../x',
      '[includeIf "gitdir:/"]\n\tpath = ../x',
      '[remote "o"]\n\tpromisor = true',
      '[extensions]\n\tworktreeConfig = true',
    ]) {
      it(`A15 asks where it is unconfined and the repository says ${JSON.stringify(text)}`, async () => {
        config(text);
        assert.equal(await kindOf('git status'), 'ask');
        assert.equal(await kindOf('git log -p'), 'ask');
        assert.equal(await kindOf('cat a.txt'), 'allow');
      });
    }

    for (const [line, workdir, link, target, hostile] of [
      ['cd docs && git diff', 'root', 'docs', 'vendor/lib/src', 'vendor/lib'],
      ['git diff', 'root/docs', 'docs', 'vendor/lib/src', 'vendor/lib'],
      ['cd docs; git log -p', 'root', 'docs', 'vendor/lib/src', 'vendor/lib'],
      // The shell takes this for `sub`, the system for `docs`.
      ['cd sub/link/.. && git diff', 'root', 'sub/link', '../docs/deep', 'sub'],
      ['cd sub/link/.. && git diff', 'root', 'sub/link', '../docs/deep', 'docs'],
    ] as const) {
      it(`C04 asks about ${line} in ${workdir} where a link leads into the repository ${hostile}`, async () => {
        for (const path of [hostile, 'vendor/lib/src', 'docs/deep', 'sub']) {
          if (!path.startsWith(link)) mkdirSync(folder.at('root', path), { recursive: true });
        }
        symlinkSync(target, folder.at('root', link));
        assert.equal(await kindOf(line, undefined, workdir), 'allow');
        mkdirSync(folder.at('root', hostile, '.git'));
        writeFileSync(folder.at('root', hostile, '.git/config'), '[diff]\n\texternal = ./x\n');
        assert.equal(await kindOf(line, undefined, workdir), 'ask');
      });
    }

    it('C04 follows links in the pointer of a work tree as git does', async () => {
      for (const path of ['a/b', 'a/evil', 'evil']) {
        mkdirSync(folder.at('root', path), { recursive: true });
        writeFileSync(folder.at('root', path, 'config'), '[core]\n\tbare = false\n');
      }
      mkdirSync(folder.at('root/tree'));
      symlinkSync('a/b', folder.at('root/link'));
      writeFileSync(folder.at('root/tree/.git'), 'gitdir: ../link/../evil\n');
      assert.equal(await kindOf('cd tree && git status'), 'allow');
      writeFileSync(folder.at('root/a/evil/config'), '[core]\n\tfsmonitor = ./x\n');
      assert.equal(await kindOf('cd tree && git status'), 'ask');
    });

    it('A15 looks into the folder of hooks that the repository names', async () => {
      config('[core]\n\thooksPath = .husky/_\n');
      mkdirSync(folder.at('root/.husky/_'), { recursive: true });
      writeFileSync(folder.at('root/.husky/_/pre-commit'), '', { mode: 0o755 });
      assert.equal(await kindOf('git status'), 'allow');
      writeFileSync(folder.at('root/.husky/_/post-index-change'), '', { mode: 0o755 });
      assert.equal(await kindOf('git status'), 'ask');
    });

    it('B06 finds in the index which paths git holds, and cannot tell where names are cut short', async () => {
      const here = await machine('/bin');
      const root = folder.at('root');
      const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
      const paths = (...names: string[]) => names.map((name) => folder.at('root', name));
      assert.equal(here.mayTrack(root, paths('a.txt')), false);
      mkdirSync(folder.at('root/keys'));
      for (const name of ['.env', 'keys/one', '.npmrc']) writeFileSync(folder.at('root', name), '');
      git('init', '-q');
      git('add', 'a.txt', '.env', 'keys');
      for (const name of ['.env', 'keys']) assert.ok(here.mayTrack(root, paths(name)), name);
      assert.ok(here.mayTrack(folder.at('root/keys'), paths('.npmrc', '.env')));
      assert.equal(here.mayTrack(root, paths('.npmrc')), false);
      assert.equal(here.mayTrack(folder.at('outside'), paths('.env')), false);
      git('update-index', '--index-version', '4');
      assert.ok(here.mayTrack(root, paths('.npmrc')));
    });

    it('A15 asks where a submodule could bring settings of its own', async () => {
      const git = (cwd: string, ...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
          cwd,
          stdio: 'ignore',
        });
      git(folder.at('outside'), 'init', '-q');
      git(folder.at('outside'), 'add', '.');
      git(folder.at('outside'), 'commit', '-qm', 'one');
      renameSync(folder.at('outside'), folder.at('root/sub'));
      git(folder.at('root'), 'init', '-q');
      git(folder.at('root'), 'add', 'a.txt');
      assert.equal(await kindOf('git status'), 'allow');
      git(folder.at('root'), 'add', 'sub');
      assert.equal(await kindOf('git status'), 'ask');
    });

    it('A15 asks where a hook would run, where a folder plays repository, and in linked ones', async () => {
      writeFileSync(folder.at('root/.git/hooks/post-index-change'), '', { mode: 0o755 });
      assert.equal(await kindOf('git status'), 'ask');
      mkdirSync(folder.at('root/bare/objects'), { recursive: true });
      writeFileSync(folder.at('root/bare/HEAD'), 'ref: refs/heads/main\n');
      assert.equal(await kindOf('cd bare && git log'), 'ask');
      mkdirSync(folder.at('root/sub'));
      mkdirSync(folder.at('evil'));
      writeFileSync(folder.at('root/sub/.git'), `gitdir: ${folder.at('evil')}\n`);
      writeFileSync(folder.at('evil/config'), '[core]\n\tfsmonitor = ./x\n');
      assert.equal(await kindOf('cd sub && git status'), 'ask');
    });
  });
});
