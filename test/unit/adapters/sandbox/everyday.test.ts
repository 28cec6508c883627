import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Terminal } from '../../../../src/ports/terminal';
import { needsSandbox, useSandboxDesk } from '../../../support/sandboxed';

const never = new AbortController().signal;

describe('everyday work in the sandbox', function () {
  this.timeout(120_000);
  needsSandbox();
  const desk = useSandboxDesk({
    homeFiles: { '.gitconfig': '[user]\n\tname = T\n\temail = t@e\n' },
  });

  /** What a person does outside, with the test's own home. */
  const outside = (program: string, ...args: string[]) =>
    execFileSync(program, args, {
      cwd: desk().workspace.path,
      env: { PATH: process.env.PATH, HOME: desk().home.path },
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    });

  const start = (command: string, tty = false): Promise<Terminal> =>
    desk().terminals.open({
      ...{ command, tty, cwd: desk().workspace.path },
      confinement: { mode: 'workspace-write', root: desk().workspace.path },
    });

  async function until(terminal: Terminal, pattern: RegExp): Promise<string> {
    let text = '';
    const end = performance.now() + 20_000;
    while (!pattern.test(text) && performance.now() < end) {
      const taken = await terminal.take({ yieldMs: 50, signal: never });
      text += taken.text;
      if (taken.exitCode !== undefined) break;
    }
    assert.match(text, pattern);
    return text;
  }

  it('reads what git knows, and says that a commit needs to leave', async () => {
    const { workspace } = desk();
    workspace.write('a.txt', 'one\n');
    outside('git', 'init', '-q', '-b', 'main');
    outside('git', 'add', '.');
    outside('git', 'commit', '-qm', 'first');
    workspace.write('a.txt', 'two\n');
    const { text } = await desk().run(
      'git status --short && git diff | tail -2 && git log --oneline | cut -d" " -f2 && git show HEAD:a.txt',
    );
    assert.deepEqual(text.split('\n'), [' M a.txt'.trim(), '-one', '+two', 'first', 'one']);
    const commit = await desk().run('git commit -qam second');
    assert.notEqual(commit.exitCode, 0);
    assert.match(commit.text, /index\.lock.*Read-only file system/);
    assert.equal(outside('git', 'log', '--oneline').trim().split('\n').length, 1);
  });

  it('installs from the cache and a lockfile, with scripts, and runs the tests', async () => {
    const { workspace } = desk();
    workspace.write('dep/package.json', '{"name":"dep","version":"1.0.0"}');
    workspace.write('dep/index.js', 'module.exports = 41;');
    workspace.write(
      'node-test.js',
      "require('node:test')('adds', () => { if (require('dep') !== 41) throw 1; })",
    );
    outside('npm', 'pack', './dep');
    workspace.write(
      'package.json',
      JSON.stringify({
        ...{ name: 'app', version: '1.0.0', dependencies: { dep: 'file:dep-1.0.0.tgz' } },
        scripts: { test: 'node --test node-test.js', postinstall: 'echo built >built' },
      }),
    );
    outside('npm', 'install', '--offline', '--ignore-scripts');
    const { text, exitCode } = await desk().run(
      'rm -rf node_modules && npm ci --offline --no-audit 2>&1 && npm test 2>&1',
    );
    assert.equal(exitCode, 0, text);
    assert.match(text, /added 1 package/);
    assert.match(text, /pass 1/);
    assert.equal(readFileSync(workspace.at('built'), 'utf8'), 'built\n');
  });

  it('compiles with temporary files, which stay for the next command and never reach the machine', async () => {
    const first = await desk().run('f=$(mktemp) && echo kept >"$f" && echo "$f"');
    assert.match(first.text, /^\/tmp\//);
    assert.equal((await desk().run(`cat ${first.text}`)).text, 'kept');
    assert.equal(existsSync(first.text), false);
  });

  it('serves on the loopback inside, to programs inside', async () => {
    const server = `require("http").createServer((q, r) => r.end("hello")).listen(45871, () => console.log("up"))`;
    const { text, exitCode } = await desk().run(
      `node -e '${server}' & until curl -s http://127.0.0.1:45871; do sleep 0.1; done; curl -s http://localhost:45871; kill %1`,
    );
    assert.equal(exitCode, 0, text);
    assert.match(text, /hello.*hello/s);
  });

  it('makes, renames, links and removes files, also in folders it makes', async () => {
    const { exitCode } = await desk().run(
      'mkdir -p a/b && echo x >a/b/c && mv a/b/c d && ln -s d e && ln d f && chmod +x d && rm -r a',
    );
    assert.equal(exitCode, 0);
    assert.deepEqual(readdirSync(desk().workspace.path).sort(), ['d', 'e', 'f']);
  });

  it('starts in a folder of the workspace', async () => {
    mkdirSync(desk().workspace.at('inner'));
    const { text } = await desk().run('pwd && touch here', { cwd: desk().workspace.at('inner') });
    assert.equal(text, desk().workspace.at('inner'));
    assert.ok(existsSync(desk().workspace.at('inner', 'here')));
  });

  it('reads caches and finds nothing of them writable', async () => {
    desk().home.write('.cargo/registry/a', 'cached');
    const { text } = await desk().run('cat ~/.cargo/registry/a; touch ~/.cargo/x; echo $?');
    assert.match(text, /cached.*Read-only file system\n1/);
  });

  it('passes output on byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => 32 + (index % 95)));
    writeFileSync(desk().workspace.at('bytes'), bytes);
    const terminal = await start('cat bytes; printf "\\033[31mred\\033[0m\\t\\342\\202\\254"');
    const { text } = await terminal.take({ yieldMs: 10_000, signal: never });
    assert.equal(text, `${bytes.toString()}\x1b[31mred\x1b[0m\t€`);
  });

  for (const [command, exitCode] of [
    ['exit 0', 0],
    ['exit 7', 7],
    ['kill -TERM $$', 143],
    ['kill -KILL $$', 137],
    ['kill -SEGV $$', 139],
    ['no-such-program', 127],
  ] as const) {
    it(`ends with ${exitCode} after ${command}`, async () => {
      assert.equal((await desk().run(command)).exitCode, exitCode);
    });
  }

  it('lets a program that gets Ctrl-C clean up', async () => {
    const terminal = await start(
      `trap 'sleep 0.3; echo cleaned; exit 3' INT; echo ready; while :; do sleep 0.05; done`,
    );
    await until(terminal, /ready/);
    terminal.write('\x03');
    const { text, exitCode } = await terminal.take({ yieldMs: 10_000, signal: never });
    assert.match(text, /cleaned/);
    assert.equal(exitCode, 3);
  });

  it('ends a program by Ctrl-C that does nothing about it', async () => {
    const terminal = await start('echo ready; exec sleep 60');
    await until(terminal, /ready/);
    terminal.write('\x03');
    const { exitCode } = await terminal.take({ yieldMs: 10_000, signal: never });
    assert.equal(exitCode, 130);
  });

  it('is typed into and resized', async () => {
    const terminal = await start('read -r line; echo "got $line"; stty size; tty >/dev/null', true);
    terminal.resize(101, 33);
    await sleep(100);
    terminal.write('words\r');
    const { text } = await terminal.take({ yieldMs: 10_000, signal: never });
    assert.match(text, /got words\r\n33 101/);
  });

  it('leaves nothing in the workspace that was not there', async () => {
    await Promise.all([desk().run('sleep 0.2'), desk().run('ls'), desk().run('true')]);
    assert.deepEqual(readdirSync(desk().workspace.path), []);
  });

  it('keeps what the person makes where a placeholder was', async () => {
    const { workspace } = desk();
    const terminal = await start('echo ready; sleep 0.5; cat .vscode/settings.json');
    await until(terminal, /ready/);
    writeFileSync(workspace.at('.vscode', 'settings.json'), '{"a":1}');
    const { text } = await terminal.take({ yieldMs: 10_000, signal: never });
    assert.match(text, /"a":1/);
    assert.equal(readFileSync(workspace.at('.vscode', 'settings.json'), 'utf8'), '{"a":1}');
  });
});
