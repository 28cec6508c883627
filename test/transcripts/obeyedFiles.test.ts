import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as nodePty from 'node-pty';
import { createPtyTerminals } from '../../src/adapters/pty/ptyTerminals';
import {
  createBubblewrapSandbox,
  type OwningSandbox,
} from '../../src/adapters/sandbox/bubblewrapSandbox';
import { needsSandbox } from '../support/sandboxed';
import { functionCall, message, respond } from '../support/scriptedServer';
import { makeTempFolder, type TempFolder } from '../support/tempFolder';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const renamedIn = (folders: string) =>
  `Hooks or settings that name programs were renamed in ${folders} (they end in .set-aside-by-tandem), so that git does not obey them; rename them back where you want them.`;

describe('what a confined command leaves for other programs', () => {
  needsSandbox();
  let agent: TestThreads;
  let state: TempFolder;
  let sandbox: OwningSandbox;

  beforeEach(async () => {
    state = makeTempFolder();
    sandbox = createBubblewrapSandbox({ stateFolder: state.path });
    await sandbox.check();
  });
  afterEach(async () => {
    await agent.dispose();
    sandbox.dispose();
    state.remove();
  });

  const runAll = async (...commands: string[]) => {
    const calls = commands.map((cmd) => respond(functionCall('exec_command', { cmd })));
    agent = await startTestThreads(
      { 'a.txt': 'a\n' },
      [...calls, respond(message('Done.'))],
      () => ({
        sandbox,
        terminals: (cwd) =>
          createPtyTerminals({
            ...{ cwd, sandbox, loadPty: () => nodePty, shell: '/bin/bash' },
            environment: async () => ({ PATH: process.env.PATH ?? '', HOME: state.path }),
          }),
      }),
    );
    await agent.ask('go', { sandboxMode: 'workspace-write', approvalPolicy: 'on-request' });
  };
  const notices = () =>
    agent.events.flatMap((event) =>
      event.type === 'notice.raised' ? [`${event.level}: ${event.text}`] : [],
    );
  const paths = () => agent.thread.state.changes.files.map(({ path }) => path);

  it('B10 B13 files that others run or obey are told of, and stay when everything is accepted', async () => {
    await runAll('echo all: > Makefile; echo {} > foo.code-workspace; echo b > a.txt');
    assert.deepEqual(notices(), [
      'warning: A command in the sandbox wrote what other programs run or obey outside of it: Makefile, foo.code-workspace. Look at it before you use it.',
    ]);
    await agent.thread.resolveChanges('accept', {});
    assert.deepEqual(paths(), ['Makefile', 'foo.code-workspace']);
    assert.match(notices()[1] ?? '', /2 files stay, .*: Makefile, foo\.code-workspace\./);
    await agent.thread.resolveChanges('accept', { path: 'Makefile' });
    await agent.thread.resolveChanges('reject', {});
    assert.deepEqual(paths(), []);
  });

  it('B10 what other programs obey is told of and waits for review also where the folder ignores it', async () => {
    await runAll(
      "printf '.npmrc\\n.claude/\\nout\\n' >.gitignore; echo x >.npmrc; mkdir -p .claude out; echo {} >.claude/settings.json; echo x >out/x",
    );
    assert.deepEqual(notices(), [
      'warning: A command in the sandbox wrote what other programs run or obey outside of it: .claude/settings.json, .npmrc. Look at it before you use it.',
    ]);
    assert.deepEqual(paths(), ['.claude/settings.json', '.gitignore', '.npmrc']);
  });

  it('B14 a repository that a command made is told of once, also one that a link makes', async () => {
    await runAll(
      'git init -q sub; mkdir -p deep/er && git init -q deep/er',
      'echo b > a.txt',
      'mkdir linked && ln -s ../sub/.git linked/.git',
    );
    assert.deepEqual(notices(), [
      'warning: The command made repositories in deep/er, sub; git hooks in them would run with your own git.',
      `warning: The command made a repository in linked; git hooks in it would run with your own git. ${renamedIn('linked')}`,
    ]);
  });

  it('B14 C05 what a new repository would make git run is set aside, and nothing of it is lost', async () => {
    const arm = 'config core.fsmonitor "touch ran"';
    await runAll(
      `git init -q armed && git -C armed ${arm} && git init -q --bare bare && printf '[core]\n\tfsmonitor = touch ran\n' >> bare/config; git init -q hooked && echo 'touch ran' > hooked/.git/hooks/pre-commit; git init -q plain && git -C plain remote add origin https://example.com/x.git`,
    );
    assert.deepEqual(notices(), [
      `warning: The command made repositories in armed, bare, hooked, plain; git hooks in them would run with your own git. ${renamedIn('armed, bare, hooked')}`,
    ]);
    const root = agent.workspace.path;
    assert.match(readFileSync(join(root, 'armed/.git/config.set-aside-by-tandem'), 'utf8'), /ran/);
    assert.ok(existsSync(join(root, 'hooked/.git/hooks.set-aside-by-tandem/pre-commit')));
    for (const name of ['armed', 'hooked', 'plain']) {
      execFileSync('git', ['status'], { cwd: join(root, name), stdio: 'ignore' });
      assert.equal(existsSync(join(root, name, 'ran')), false);
    }
    const remote = ['config', 'remote.origin.url'];
    const url = execFileSync('git', remote, { cwd: join(root, 'plain'), encoding: 'utf8' });
    assert.equal(url.trim(), 'https://example.com/x.git');
  });
});
