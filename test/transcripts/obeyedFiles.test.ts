import assert from 'node:assert/strict';
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

  it('B14 a repository that a command made is told of once, also one that a link makes', async () => {
    await runAll(
      'git init -q sub; mkdir -p deep/er && git init -q deep/er',
      'echo b > a.txt',
      'mkdir linked && ln -s ../sub/.git linked/.git',
    );
    assert.deepEqual(notices(), [
      'warning: The command made repositories in deep/er, sub; git hooks in them would run with your own git.',
      'warning: The command made a repository in linked; git hooks in it would run with your own git.',
    ]);
  });
});
