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
import { denyingApprover } from '../../src/headless/denyingApprover';
import type { Approval, Decision } from '../../src/protocol/approvals';
import type { ThreadEvent } from '../../src/protocol/events';
import type { ApprovalPolicy } from '../../src/protocol/turnContext';
import type { ThreadPorts } from '../../src/threads/threadPorts';
import { sampleContext } from '../support/sampleContext';
import { needsSandbox } from '../support/sandboxed';
import { functionCall, message, respond, type Script } from '../support/scriptedServer';
import { makeTempFolder, type TempFolder } from '../support/tempFolder';
import { startTestThreads, type TestThreads } from '../support/testThreads';
import { assertStreamInvariants } from '../support/threadInvariants';

const renamedIn = (folders: string) =>
  `Hooks or settings that name programs were renamed in ${folders} (they end in .set-aside-by-tandem), so that git does not obey them; rename them back where you want them.`;

/** The next event of this type. */
function once<Type extends ThreadEvent['type']>(
  { thread }: TestThreads,
  type: Type,
): Promise<ThreadEvent & { readonly type: Type }> {
  return new Promise((resolve) => {
    const listening = thread.onEvent((event) => {
      if (event.type !== type) return;
      listening.dispose();
      resolve(event as ThreadEvent & { readonly type: Type });
    });
  });
}

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

  const start = async (script: Script, ports: Partial<ThreadPorts> = {}) => {
    agent = await startTestThreads({ 'a.txt': 'a\n' }, script, () => ({
      sandbox,
      terminals: (cwd) =>
        createPtyTerminals({
          ...{ cwd, sandbox, loadPty: () => nodePty, shell: '/bin/bash' },
          environment: async () => ({ PATH: process.env.PATH ?? '', HOME: state.path }),
        }),
      ...ports,
    }));
  };
  const ask = (approvalPolicy: ApprovalPolicy = 'on-request') =>
    agent.ask('go', { sandboxMode: 'workspace-write', approvalPolicy });
  const call = (cmd: string) => respond(functionCall('exec_command', { cmd }));
  const runAll = async (...commands: string[]) => {
    await start([...commands.map(call), respond(message('Done.'))]);
    await ask();
  };
  /** Answers every question; answers what was asked. */
  const answer = (decision: Decision): Approval[] => {
    const asked: Approval[] = [];
    agent.thread.onEvent((event) => {
      if (event.type !== 'approval.requested') return;
      asked.push(event.approval);
      setTimeout(() => agent.thread.resolveApproval(event.approval.id, decision), 20);
    });
    return asked;
  };
  const text = (path: string) => {
    const file = join(agent.workspace.path, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  };
  const notices = () =>
    agent.events.flatMap((event) =>
      event.type === 'notice.raised' ? [`${event.level}: ${event.text}`] : [],
    );
  const paths = () => agent.thread.state.changes.files.map(({ path }) => path);

  it('B10 files that others run later are told of, and stay when everything is accepted', async () => {
    await runAll('echo all: > Makefile; echo all: > Jenkinsfile; echo b > a.txt');
    assert.deepEqual(notices(), [
      'warning: A command in the sandbox wrote what other programs run or obey outside of it: Jenkinsfile, Makefile. Look at it before you use it.',
    ]);
    await agent.thread.resolveChanges('accept', {});
    assert.deepEqual(paths(), ['Jenkinsfile', 'Makefile']);
    assert.match(notices()[1] ?? '', /2 files stay, .*: Jenkinsfile, Makefile\./);
    await agent.thread.resolveChanges('accept', { path: 'Makefile' });
    await agent.thread.resolveChanges('reject', {});
    assert.deepEqual(paths(), []);
  });

  const obeyed =
    "printf '.npmrc\\n.claude/\\nout\\n' >.gitignore; echo x >.npmrc; echo {} > foo.code-workspace; mkdir -p .claude out; echo {} >.claude/settings.json; echo x >out/x";
  const obeyedPaths = ['.claude/settings.json', '.npmrc', 'foo.code-workspace'];
  const takenBack = `What a command in the sandbox wrote was taken back, because other programs obey it: ${obeyedPaths.join(', ')}.`;
  const told =
    /<review>\\nSince your last request files that a command wrote were taken back\.\\n.*propose them with apply_patch:\\n\.claude\/settings\.json\\n\.npmrc\\nfoo\.code-workspace\\n<\/review>/;

  it('B10 B13 what other programs obey is kept where the person approves, also where the folder ignores it', async () => {
    await start([call(obeyed), call('cat .npmrc > copy'), respond(message('Done.'))]);
    const asked = answer('approve');
    await ask();
    assert.deepEqual(
      asked.map(({ subject }) => subject.kind === 'patch' && subject.paths),
      [obeyedPaths.map((path) => join(agent.workspace.path, path))],
    );
    // The next command waited for the answer.
    assert.deepEqual([text('.npmrc'), text('copy')], ['x\n', 'x\n']);
    assert.deepEqual(paths(), [
      ...obeyedPaths.slice(0, 1),
      '.gitignore',
      '.npmrc',
      'copy',
      'foo.code-workspace',
    ]);
    assert.deepEqual(notices(), []);
    assertStreamInvariants(agent.events);
    await agent.thread.resolveChanges('accept', {});
    assert.deepEqual(paths(), obeyedPaths);
  });

  it('B10 what the person denies stays taken back, and the model is told', async () => {
    await start([call(obeyed), call('cat .npmrc > copy'), respond(message('Done.'))]);
    const asked = answer('deny');
    await ask();
    assert.equal(asked.length, 1);
    assert.deepEqual([...obeyedPaths.map(text), text('copy')], [null, null, null, '']);
    assert.deepEqual(paths(), ['.gitignore', 'copy']);
    assert.deepEqual(notices(), [`warning: ${takenBack} You did not allow it.`]);
    assert.match(agent.server.requests[2]!.raw, told);
    assertStreamInvariants(agent.events);
    // Going back leaves alone what the person made there since.
    agent.workspace.write('.npmrc', 'mine');
    const { id: turnId } = agent.thread.state.turns[0]!;
    await agent.thread.checkpoints.restore({ turnId }, { scope: 'files' });
    assert.deepEqual([text('.npmrc'), text('copy')], ['mine', null]);
  });

  it('B10 what was taken back at the end of a turn is told with the next one', async () => {
    const script = [call(obeyed), respond(message('Done.')), respond(message('I see.'))];
    await start(script);
    answer('deny');
    await ask();
    await ask();
    assert.doesNotMatch(agent.server.requests[1]!.raw, /were taken back/);
    assert.match(agent.server.requests[2]!.raw, told);
    assert.equal(agent.thread.state.turns[0]?.status, 'completed');
  });

  it('B10 what other programs obey stays taken back where nobody is to be asked, or there', async () => {
    for (const policy of ['never', 'on-request'] as const) {
      const ports = policy === 'never' ? {} : { approver: denyingApprover };
      await start([call(obeyed), respond(message('Done.'))], ports);
      await ask(policy);
      assert.deepEqual(obeyedPaths.map(text), [null, null, null]);
      assert.deepEqual(notices(), [`warning: ${takenBack} There was nobody to ask.`]);
      assertStreamInvariants(agent.events);
      if (policy === 'never') await agent.dispose();
    }
  });

  it('B10 no name that editors, shells, git hooks and other agents obey outlives its command unasked', async () => {
    const made = [
      ...['.devcontainer/devcontainer.json', '.devcontainer.json'],
      ...['.husky/pre-commit', 'lefthook.yml', '.pre-commit-config.yaml', '.envrc', '.mcp.json'],
      ...['.cursor/mcp.json', '.roo/mcp.json', '.codex/config.toml', '.tandem/x', '.tandemignore'],
      ...['a.code-workspace', 'sub/b.code-workspace', 'sub/.vscode/tasks.json', 'sub/.envrc'],
      ...['.yarnrc.yml', '.pnpmfile.cjs', '.NPMRC', '.zed/tasks.json', '.vs/tasks.vs.json'],
    ];
    const line = `for f in ${made.join(' ')}; do mkdir -p "$(dirname "$f")" && echo x >"$f" && echo "made $f"; done`;
    await start([call(line), respond(message('Done.'))]);
    await ask('never');
    assert.match(agent.server.requests[1]!.raw, /made \.vs\/tasks\.vs\.json/);
    assert.deepEqual(
      made.filter((path) => text(path) !== null),
      [],
    );
    assert.deepEqual(paths(), []);
  });

  it('B05 B10 a link of that name is taken away, and nobody is asked', async () => {
    await start([call('echo x > target; ln -s target .npmrc'), respond(message('Done.'))]);
    const asked = answer('approve');
    await ask();
    assert.deepEqual([text('.npmrc'), text('target'), asked.length], [null, 'x\n', 0]);
    assert.match(notices()[0] ?? '', /was taken back, .*: \.npmrc\. It is a link, or too long/);
    assertStreamInvariants(agent.events);
  });

  it('B10 stopping the turn, or closing the thread, while it is asked leaves it taken back', async () => {
    for (const end of ['cancel', 'interrupt', 'close'] as const) {
      await start([call(obeyed), respond(message('Done.'))]);
      const stopped = once(agent, 'approval.requested').then(async ({ approval }) => {
        if (end === 'cancel') agent.thread.resolveApproval(approval.id, 'cancel');
        else if (end === 'interrupt') agent.thread.interrupt();
        else await agent.thread.dispose();
      });
      await Promise.all([ask(), stopped]);
      assert.deepEqual(obeyedPaths.map(text), [null, null, null], end);
      assert.equal(agent.thread.state.turns[0]?.status, 'interrupted');
      assert.match(notices()[0] ?? '', /was taken back, .* The turn was over before/);
      assertStreamInvariants(agent.events);
      if (end !== 'close') await agent.dispose();
    }
  });

  it('B10 a thread that another window takes over while it is asked goes on there, with what was written taken back', async () => {
    await start([call(obeyed), respond(message('Done.')), respond(message('I see.'))]);
    const turn = ask();
    await once(agent, 'approval.requested');
    const thread = agent.anotherHost().takeOver(agent.thread.id);
    await turn;
    const [first] = thread.state.turns;
    assert.deepEqual([first?.status, thread.state.approvals], ['interrupted', []]);
    assert.deepEqual(
      first?.entries.filter((entry) => entry.type !== 'notice' && entry.status === 'inProgress'),
      [],
    );
    assert.match(JSON.stringify(first?.entries), /was taken back, .* The turn was over before/);
    await thread.startTurn({ text: 'go on', attachments: [] }, sampleContext(agent.workspace.path));
    assert.match(
      agent.server.requests.at(-1)?.raw ?? '',
      /files that a command wrote were taken back/,
    );
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
