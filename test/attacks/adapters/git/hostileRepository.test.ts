import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, truncateSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as nodePty from 'node-pty';
import { commandPins, pinVariables } from '../../../../src/adapters/git/gitPins';
import { git, makeRepository } from '../../../support/gitRepository';
import { createPersonRepository } from '../../../../src/adapters/git/personRepository';
import { createRepositoryDiffs } from '../../../../src/adapters/git/repositoryDiffs';
import { listBranches, listCommits } from '../../../../src/adapters/git/reviewChoices';
import { createShadowStore } from '../../../../src/adapters/git/shadowStore';
import { commandEnvironment } from '../../../../src/adapters/pty/commandEnvironment';
import { createPtyTerminals } from '../../../../src/adapters/pty/ptyTerminals';
import { noSandbox } from '../../../../src/adapters/sandbox/noSandbox';
import { readPersonalSetting } from '../../../../src/adapters/git/gitProcess';
import type { RepositoryTarget } from '../../../../src/ports/reviewDiffs';
import {
  makeHostileRepository,
  spring,
  traps,
  type HostileRepository,
  type Trap,
} from '../../../support/hostileRepository';
import { useTempFolder } from '../../../support/tempFolder';
import { silentLog } from '../../../unit/adapters/git/folders';

const signal = () => AbortSignal.timeout(30_000);
const environment = { PATH: process.env['PATH'], HOME: '/nonexistent' };

/** Everything that is done with git before the person commits, by what it is for. */
const uses: Readonly<Record<string, (root: string, state: string) => Promise<unknown>>> = {
  'the state of the folder': async (root, stateFolder) => {
    const store = createShadowStore({ root, stateFolder, log: silentLog, environment });
    const from = await store.snapshot();
    const to = await store.snapshot();
    assert.ok(from !== undefined && to !== undefined, store.notes().join());
    await store.diff(from, to);
    await store.trim([]);
    await store.forget([store.idOf(new TextEncoder().encode('kept'))]);
  },
  'the settings of the person': (root) =>
    readPersonalSetting(root, 'core.excludesFile', environment),
  'the diffs of a review': async (root) => {
    const diffs = createRepositoryDiffs(root, environment);
    const targets: RepositoryTarget[] = [
      { kind: 'uncommitted' },
      { kind: 'base', ref: 'main' },
      { kind: 'commit', sha: 'HEAD' },
    ];
    for (const target of targets) await mayFail(diffs.read(target, signal()));
  },
  'what can be reviewed': async (root) => {
    await mayFail(listBranches(root, signal()));
    await mayFail(listCommits(root, signal()));
  },
  'what a commit would hold': async (root) => {
    const repository = createPersonRepository(root, async () => environment);
    const versions = [new TextEncoder().encode('two\n')];
    // Files with a filter are asked for below: storing them is what it is for.
    await mayFail(repository.read([{ path: 'a.bin', versions }], signal()));
    await mayFail(repository.subjects(5, signal()));
  },
};

/** A refusal is safe too. */
const mayFail = (work: Promise<unknown>) => work.catch(() => undefined);

describe('a hostile repository', () => {
  const folder = useTempFolder();
  const make = (trap: Trap): HostileRepository => makeHostileRepository(folder(), trap);

  for (const trap of traps) {
    it(`C04 runs nothing where git is only read: ${trap.name}`, async () => {
      const repository = make(trap);
      assert.ok(spring(repository, trap), 'the trap does not work');
      for (const [name, use] of Object.entries(uses)) {
        await use(repository.root, folder().at('state'));
        assert.ok(!repository.sprung(), `sprung by ${name}`);
      }
    });
  }

  const onlyTheirCommits = /hook|clean filter|filter process|submodule/;
  for (const trap of traps.filter(({ name }) => !onlyTheirCommits.test(name))) {
    it(`C04 runs nothing but hooks and filters where the person commits: ${trap.name}`, async () => {
      const repository = make(trap);
      const person = { ...environment, GIT_CONFIG_GLOBAL: '/dev/null' };
      const author = {
        ...{ GIT_AUTHOR_NAME: 'T', GIT_AUTHOR_EMAIL: 't@example.org' },
        ...{ GIT_COMMITTER_NAME: 'T', GIT_COMMITTER_EMAIL: 't@example.org' },
      };
      const opened = createPersonRepository(repository.root, async () => {
        return { ...person, ...author };
      });
      const content = new TextEncoder().encode('two\n');
      const found = await opened
        .read([{ path: 'b.txt', versions: [content] }], signal())
        .catch(() => undefined);
      const file = found?.files[0];
      if (file) {
        const entry = { content, executable: false };
        const made = { path: 'b.txt', head: entry, index: entry, version: file.version };
        await mayFail(opened.commit({ message: 'two', files: [made] }, signal()));
      }
      assert.ok(!repository.sprung());
    });
  }

  it('C05 is not seen in a folder that only looks like a bare one', async () => {
    const mark = folder().at('sprung');
    folder().write('ws/a.txt', 'a\n');
    makeRepository(folder().at('ws'));
    const nested = folder().at('ws/docs');
    mkdirSync(folder().at('ws/docs/objects'), { recursive: true });
    mkdirSync(folder().at('ws/docs/refs'));
    folder().write('ws/docs/HEAD', 'ref: refs/heads/main\n');
    folder().write(
      'ws/docs/config',
      `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ..\n\tfsmonitor = touch ${mark}; false\n`,
    );
    const status = (env: NodeJS.ProcessEnv) => {
      try {
        execFileSync('git', ['status'], { cwd: nested, env, stdio: 'ignore' });
      } catch {
        // Git refuses where it is told to.
      }
      return existsSync(mark);
    };
    for (const root of [nested, folder().at('ws')]) {
      for (const [name, use] of Object.entries(uses)) {
        await use(root, folder().at('state'));
        assert.ok(!existsSync(mark), `sprung by ${name}`);
      }
    }
    const pinned = { ...environment, ...pinVariables(commandPins) };
    assert.ok(!status(pinned), 'sprung by a command of the agent');
    assert.ok(status(environment), 'the trap does not work');
  });

  it('C04 gives a command of the agent a git without monitors, pagers and questions, that still runs hooks', async () => {
    const trap = traps[0]!;
    const repository = make(trap);
    const { root } = repository;
    git(root, 'config', 'core.pager', folder().at('program'));
    const hook = folder().write('repo/.git/hooks/pre-commit', `#!/bin/sh\ntouch hook-ran\n`);
    chmodSync(hook, 0o755);
    assert.ok(spring(repository, trap));
    const terminals = createPtyTerminals({
      cwd: root,
      loadPty: () => createRequire(__filename)('node-pty') as typeof nodePty,
      environment: async () => commandEnvironment(environment),
      shell: '/bin/bash',
      sandbox: noSandbox(() => 'it has nothing to do with it'),
    });
    const author = '-c user.name=T -c user.email=t@example.org';
    const command = `git status; git log; git diff --no-ext-diff; git ${author} commit -qam x`;
    const terminal = await terminals.open({ command, cwd: root, tty: false });
    const { exitCode } = await terminal.take({ yieldMs: 30_000, signal: signal() });
    assert.equal(exitCode, 0);
    assert.ok(!repository.sprung());
    assert.ok(existsSync(folder().at('repo/hook-ran')));
    await terminals.killAll();
  });

  it('C04 holds nothing up with pipes and floods in place of its files', async () => {
    const root = folder().at('repo');
    folder().write('repo/a.txt', 'a\n');
    makeRepository(root);
    for (const name of ['info/exclude', 'commondir', 'config']) {
      rmSync(folder().at('repo/.git', name), { force: true });
      execFileSync('mkfifo', [folder().at('repo/.git', name)]);
    }
    folder().write('other/.git/info/exclude', 'a.txt\n');
    truncateSync(folder().at('other/.git/info/exclude'), 1024 ** 4 / 2);
    folder().write('other/a.txt', 'a\n');
    folder().write('third/a.txt', 'a\n');
    makeRepository(folder().at('third'));
    execFileSync('mkfifo', [folder().at('third/pipe')]);
    git(folder().at('third'), 'config', 'core.excludesFile', folder().at('third/pipe'));
    for (const place of ['repo', 'other', 'third']) {
      const store = createShadowStore({
        ...{ root: folder().at(place), stateFolder: folder().at('state') },
        ...{ log: silentLog, environment },
      });
      assert.ok((await store.snapshot()) !== undefined, store.notes().join());
    }
  }).timeout(20_000);

  it('A29 is never asked for its own git: entries of PATH in the folder, `.` and empty ones do not count', async () => {
    const mark = folder().at('sprung');
    const root = folder().at('repo');
    folder().write('repo/a.txt', 'a\n');
    makeRepository(root);
    for (const path of ['repo/git', 'repo/bin/git', 'repo/rg']) {
      chmodSync(folder().write(path, `#!/bin/sh\ntouch '${mark}'\n`), 0o755);
    }
    const planted = ['.', '', 'bin', folder().at('repo/bin'), process.env['PATH']].join(':');
    for (const [name, use] of Object.entries(uses)) {
      const known = environment.PATH;
      environment.PATH = planted;
      try {
        await use(root, folder().at('state'));
      } finally {
        environment.PATH = known;
      }
      assert.ok(!existsSync(mark), `sprung by ${name}`);
    }
  });

  const oddNames = [
    '-rf',
    '--output=x',
    '$(touch sprung)',
    '`touch sprung`',
    'a;touch sprung;b',
    'a\ntouch sprung',
    'a"b\'c',
    ':(exclude)x',
    '|sh',
  ];
  for (const name of oddNames) {
    it(`C06 takes a name for a name: ${JSON.stringify(name)}`, async () => {
      const root = folder().at('repo');
      folder().write(`repo/${name}`, 'one\n');
      folder().write('repo/plain', 'one\n');
      makeRepository(root);
      git(root, 'config', 'user.email', name);
      git(root, 'config', 'user.name', name);
      const ref = name.replace(/[\s"'`;:()|$]|^-+/g, '') || 'b';
      git(root, 'update-ref', `refs/heads/${ref}$(id)`, 'HEAD');
      git(root, 'symbolic-ref', 'HEAD', `refs/heads/${ref}$(id)`);
      folder().write(`repo/${name}`, 'two\n');
      for (const use of Object.values(uses)) await use(root, folder().at('state'));
      const diffs = createRepositoryDiffs(root, environment);
      const { files } = await diffs.read({ kind: 'uncommitted' }, signal());
      assert.deepEqual(
        files.map(({ path }) => path),
        [name],
      );
      await assert.rejects(
        diffs.read({ kind: 'base', ref: name }, signal()),
        /no commit or branch/,
      );

      const person = { ...environment, GIT_CONFIG_GLOBAL: '/dev/null' };
      const repository = createPersonRepository(root, async () => person);
      const content = new TextEncoder().encode('two\n');
      const found = await repository.read([{ path: name, versions: [content] }], signal());
      const { version, refusal } = found.files[0]!;
      assert.equal(refusal, undefined);
      const entry = { content, executable: false };
      const made = { path: name, head: entry, index: entry, version };
      await repository.commit({ message: `--amend ${name}`, files: [made] }, signal());
      assert.equal(git(root, 'show', '--format=', '--name-only', '-z', 'HEAD'), `${name}\0`);
      assert.ok(!existsSync(folder().at('repo/sprung')));
    });
  }
});
