import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchLimits } from '../../../../src/adapters/pty/limitWatch';
import { createHiddenFiles } from '../../../../src/adapters/disk/hiddenFiles';
import { createBubblewrapSandbox } from '../../../../src/adapters/sandbox/bubblewrapSandbox';
import { SandboxError } from '../../../../src/ports/sandbox';
import { giveToOrdinaryUser, ordinaryUser } from '../../../support/ordinaryUser';
import {
  bundledEntry,
  callers,
  makeSandboxDesk,
  needsSandbox,
  runAs,
  useSandboxDesk,
} from '../../../support/sandboxed';
import { countProcesses } from '../../../support/countProcesses';
import { makeTempFolder } from '../../../support/tempFolder';

async function gone(text: string, withinMs: number): Promise<number> {
  const end = performance.now() + withinMs;
  while (countProcesses(text) > 0 && performance.now() < end) await sleep(20);
  return countProcesses(text);
}

/** A duration for `sleep` that no other test uses. */
const oddSeconds = () => String(100_000 + Math.floor(Math.random() * 800_000));

describe('the end of confined commands', function () {
  this.timeout(60_000);
  needsSandbox();
  const desk = useSandboxDesk();

  for (const caller of callers) {
    it(`Q15 leaves nothing of ten sandboxes within two seconds of the host's violent death, as ${caller}`, async () => {
      const folders = [makeTempFolder(), makeTempFolder(), makeTempFolder()];
      const [workspace = '', home = '', state = ''] = folders.map(({ path }) => path);
      const user = caller === 'this user' ? undefined : ordinaryUser();
      if (user) folders.forEach(({ path }) => giveToOrdinaryUser(path));
      const seconds = oddSeconds();
      const command = `(setsid sleep ${seconds} &) ; trap '' HUP TERM; sleep ${seconds}`;
      const order = { workspace, home, state, command, mode: 'workspace-write', copies: 10 };
      const host = spawn(process.execPath, [bundledEntry(__dirname), JSON.stringify(order)], {
        ...{ env: { PATH: process.env.PATH ?? '', HOME: home }, ...user },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        await once(host.stdout, 'data');
        for (let left = 200; countProcesses(`sleep\0${seconds}`) < 20 && left > 0; left--) {
          await sleep(50);
        }
        assert.ok(existsSync(join(workspace, '.vscode')), 'placeholders are there while they run');
        host.kill('SIGKILL');
        await once(host, 'exit');
        assert.equal(await gone(seconds, 2_000), 0);
        const next = createBubblewrapSandbox({ stateFolder: state, home });
        if (!user) await next.check();
        else await runCheckAs(user, { workspace, home, state });
        assert.deepEqual(readdirSync(workspace), [], 'placeholders are swept');
        next.dispose();
      } finally {
        host.kill('SIGKILL');
        folders.forEach((folder) => folder.remove());
      }
    });
  }

  /** The next start of that user, who alone may look into the folder. */
  async function runCheckAs(
    user: { uid: number; gid: number },
    places: { workspace: string; home: string; state: string },
  ): Promise<void> {
    const order = { ...places, command: 'true', mode: 'workspace-write' };
    const host = spawn(process.execPath, [bundledEntry(__dirname), JSON.stringify(order)], {
      ...{ env: { PATH: process.env.PATH ?? '', HOME: places.home }, ...user },
      stdio: 'ignore',
    });
    await once(host, 'exit');
  }

  for (const [title, command] of [
    ['a daemon in a session of its own', 'setsid nohup sleep SECONDS >/dev/null 2>&1 & echo up'],
    ['a double fork', '(setsid sh -c "sleep SECONDS & sleep SECONDS" &) ; echo up'],
    ['one that takes no signal', `trap '' INT HUP TERM; echo up; sleep SECONDS; sleep SECONDS`],
    ['a stopped one', "sh -c 'kill -STOP $$; sleep SECONDS' & echo up; sleep SECONDS"],
    ['one that forgets its environment', 'env -i setsid sleep SECONDS & echo up; sleep SECONDS'],
  ] as const) {
    it(`Q16 E09 ends ${title} when it is killed`, async () => {
      const seconds = oddSeconds();
      const { sandbox, terminals, workspace } = desk();
      await sandbox.check();
      const terminal = await terminals.open({
        command: command.replaceAll('SECONDS', seconds),
        ...{ cwd: workspace.path, tty: false },
        confinement: { mode: 'workspace-write', root: workspace.path },
      });
      await terminal.take({ yieldMs: 500, signal: new AbortController().signal });
      const startedAt = performance.now();
      await terminal.kill();
      assert.equal(await gone(seconds, 5_000), 0);
      assert.ok(performance.now() - startedAt < 5_000);
    });
  }

  it('E09 leaves nothing behind when a command ends by itself', async () => {
    const seconds = oddSeconds();
    const outcome = await desk().run(
      `setsid nohup sleep ${seconds} >/dev/null 2>&1 & sleep 0.1; echo done`,
    );
    assert.equal(outcome.exitCode, 0);
    assert.equal(await gone(`sleep\0${seconds}`, 2_000), 0);
    assert.deepEqual(readdirSync(desk().workspace.path), []);
  });
});

describe('the limits of confined commands', function () {
  this.timeout(60_000);
  needsSandbox();

  it('E12 Q27 stops a fork bomb of an ordinary user at the limit', async () => {
    const limits = { processes: 60, fileBytes: 1e6 };
    const bomb = `perl -e 'for (1..50000) {
      $child = fork;
      if (!defined $child) { print "stopped: $!\\n"; kill 9, @children; exit }
      if (!$child) { sleep 30; exit }
      push @children, $child;
    }'`;
    const { text } = await runAs('an ordinary user', bomb, { limits });
    assert.equal(text, 'stopped: Resource temporarily unavailable');
  });

  it('E12 Q27 sees processes and a full disk that the kernel does not limit', async () => {
    const folder = makeTempFolder();
    const ended = (limits: Partial<Parameters<typeof watchLimits>[2]>) =>
      new Promise<string>((resolve) => {
        const watch = watchLimits(
          { folder: folder.path, pid: process.pid },
          (reason) => {
            watch.dispose();
            resolve(reason());
          },
          { newTasks: 1e9, freeBytes: 0, freeShare: 0, ...limits },
        );
      });
    const many = spawn('sh', ['-c', 'for i in $(seq 150); do sleep 5 & done; wait'], {
      detached: true,
    });
    try {
      assert.equal(await ended({ newTasks: 80 }), 'it started more than 80 processes');
    } finally {
      if (many.pid !== undefined) process.kill(-many.pid, 'SIGKILL');
      folder.remove();
    }
  });

  for (const caller of callers) {
    it(`E12 ends what writes a file without end, as ${caller}`, async () => {
      const limits = { processes: 500, fileBytes: 1024 * 1024 };
      const command = 'yes >big; echo $?; stat -c %s big';
      const { text } = await runAs(caller, command, { limits });
      assert.deepEqual(text.split('\n').slice(-2), ['153', '1048576']);
    });

    it(`E12 is what the kernel ends first when memory runs out, as ${caller}`, async () => {
      const { text } = await runAs(caller, 'cat /proc/self/oom_score_adj');
      assert.equal(text, '1000');
    });
  }
});

describe('a sandbox that cannot be trusted', function () {
  this.timeout(60_000);
  needsSandbox();
  const desk = useSandboxDesk();

  it('Q36 runs nothing once bubblewrap is gone or another one, until that is tried out', async function () {
    if (process.getuid?.() !== 0) {
      console.warn('      NOT RUN: only root can put a program where it is trusted');
      return this.skip();
    }
    const folder = `/usr/local/lib/tandem-test-${process.pid}`;
    const place = join(folder, 'bwrap');
    mkdirSync(folder);
    const put = () => {
      copyFileSync('/usr/bin/bwrap', place);
      chmodSync(place, 0o755);
    };
    put();
    const own = makeSandboxDesk({ places: [place] });
    const { sandbox, terminals, workspace } = own;
    const open = (command: string) =>
      terminals.open({
        ...{ command, cwd: workspace.path, tty: false },
        confinement: { mode: 'workspace-write', root: workspace.path },
      });
    try {
      assert.equal((await own.run('echo one')).text, 'one');
      rmSync(place);
      await assert.rejects(open('touch ran'), SandboxError);
      assert.match(sandbox.unavailable?.() ?? '', /not installed.*apt install bubblewrap/);
      writeFileSync(place, '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n');
      chmodSync(place, 0o755);
      await assert.rejects(open('touch ran'), SandboxError);
      assert.match(sandbox.unavailable?.() ?? '', /did not hold/);
      put();
      await sandbox.check();
      assert.equal(sandbox.unavailable, undefined);
      rmSync(place);
      put();
      await assert.rejects(open('touch ran'), /replaced/);
      assert.equal((await own.run('echo two')).text, 'two');
      chmodSync(place, 0o777);
      await assert.rejects(open('touch ran'), SandboxError);
      assert.equal(existsSync(workspace.at('ran')), false);
    } finally {
      await own.dispose();
      rmSync(folder, { recursive: true });
    }
  });

  it('E11 refuses a folder of its own that is a link or that others can open', async () => {
    const { state, home } = desk();
    const elsewhere = makeTempFolder();
    symlinkSync(elsewhere.path, state.at('sandbox'));
    const one = createBubblewrapSandbox({ stateFolder: state.path, home: home.path });
    await one.check();
    assert.match(one.unavailable?.() ?? '', /not a link/);
    rmSync(state.at('sandbox'));
    mkdirSync(state.at('sandbox'), { mode: 0o777 });
    chmodSync(state.at('sandbox'), 0o777);
    const other = createBubblewrapSandbox({ stateFolder: state.path, home: home.path });
    await other.check();
    assert.match(other.unavailable?.() ?? '', /only you can open/);
    elsewhere.remove();
  });

  it('E11 makes its filter anew where somebody changed it', async () => {
    const { state } = desk();
    await desk().run('true');
    const [own = ''] = readdirSync(state.at('sandbox')).filter((name) => /^\d/.test(name));
    const filter = state.at('sandbox', own, 'filter');
    const before = readFileSync(filter);
    writeFileSync(filter, Buffer.from('0600000000ff7f', 'hex'));
    assert.match((await desk().run('grep Seccomp: /proc/self/status')).text, /2/);
    assert.deepEqual(readFileSync(filter), before);
    assert.equal(statSync(filter).mode & 0o777, 0o600);
  });

  for (const name of ['.git', '.vscode', '.envrc', '.mcp.json', 'a.code-workspace']) {
    it(`E10 runs nothing where ${name} is a link`, async () => {
      symlinkSync('decoy', desk().workspace.at(name));
      await assert.rejects(desk().run('touch ran'), (error: Error) => {
        assert.ok(error instanceof SandboxError);
        assert.match(error.message, /is a link/);
        return true;
      });
      assert.equal(existsSync(desk().workspace.at('ran')), false);
    });
  }

  it('E10 runs nothing where the way to the repository is a link', async () => {
    const { workspace } = desk();
    mkdirSync(workspace.at('real'));
    symlinkSync('real', workspace.at('way'));
    writeFileSync(workspace.at('.git'), 'gitdir: way\n');
    await assert.rejects(desk().run('true'), /is a link/);
  });

  it('runs nothing where the workspace holds the home or the folder of Tandem', async () => {
    const { sandbox, terminals, home, state } = desk();
    await sandbox.check();
    for (const root of [home.path, state.path, '/', '/tmp']) {
      const confinement = { mode: 'workspace-write', root } as const;
      await assert.rejects(
        terminals.open({ command: 'true', cwd: root, tty: false, confinement }),
        SandboxError,
        root,
      );
    }
  });

  it('B06 hides files of the workspace by whatever way they are read', async () => {
    const { workspace } = desk();
    workspace.write('.env', 'CANARY=1');
    workspace.write('keys/server.pem', 'CANARY');
    symlinkSync('.env', workspace.at('link'));
    const hidden = async () => [workspace.at('.env'), workspace.at('keys'), workspace.at('link')];
    const ways = [
      'cat .env link keys/server.pem',
      'ln .env hard; cat hard',
      'cp .env copy; cat copy',
      'mv .env moved; cat moved',
      'cat /proc/self/root$PWD/.env',
      'grep -r CANARY .',
      'ls -A keys',
    ];
    const { text } = await desk().run(`{ ${ways.join('; ')}; } 2>&1; echo END`, { hidden });
    assert.doesNotMatch(text, /CANARY/);
    assert.match(text, /# Tandem hides what is in this file/);
    assert.equal(readFileSync(workspace.at('.env'), 'utf8'), 'CANARY=1');
  });

  for (const [how, trick, look] of [
    ['a folder that tests are in', 'mv certs test', 'test/server.key'],
    ['a folder that is not searched', 'mv app node_modules/app', 'node_modules/app/.env'],
    ['another name than its rule has', 'mv conf conf2', 'conf2/prod.yml'],
    ['a place that no rule of it hides', 'mv sub/in in', 'in/token'],
    [
      'its place, without its rule',
      'rm -f sub/.tandemignore; mv sub/.tandemignore x',
      'sub/in/token',
    ],
    ['its place, with a rule that shows it', "echo '!token' >>sub/.tandemignore", 'sub/in/token'],
    ['another name of the folder above', 'mv app app2', 'app2/.env'],
  ] as const) {
    it(`B06 hides what one command moved from the next: to ${how}`, async () => {
      const { workspace } = desk();
      workspace.write('certs/server.key', 'CANARY');
      workspace.write('app/.env', 'CANARY');
      workspace.write('node_modules/x/index.js', '');
      workspace.write('.tandemignore', 'conf/prod.yml\n');
      workspace.write('conf/prod.yml', 'CANARY');
      workspace.write('sub/.tandemignore', 'token\n');
      workspace.write('sub/in/token', 'CANARY');
      const files = createHiddenFiles({ root: workspace.path });
      const places = { hidden: () => files.list(), hidingFiles: () => files.ruleFiles };
      const moved = await desk().run(`{ ${trick}; } 2>&1; cat */.env */*.key; echo END`, places);
      assert.match(moved.text, /END$/);
      assert.doesNotMatch(moved.text, /CANARY/);
      const { text } = await desk().run(`cat ${look} 2>&1; grep -rs CANARY .; echo END`, places);
      assert.match(text, /END$/);
      assert.doesNotMatch(text, /CANARY/);
      assert.ok(!existsSync(workspace.at(look)) || files.isHidden(workspace.at(look)), look);
    });
  }
});
