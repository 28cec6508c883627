import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { customCall, functionCall, message, respond, type Script } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const patch = '*** Begin Patch\n*** Add File: made.txt\n+new\n*** End Patch';

/** One look, then something happens to the folder, then an edit and a command. */
const job: Script = [
  respond(functionCall('exec_command', { cmd: 'echo first >> log.txt' }, 'c1')),
  respond(
    customCall('apply_patch', patch, 'c2'),
    functionCall('exec_command', { cmd: 'ls' }, 'c3'),
  ),
  respond(message('Done.')),
  respond(message('Still here.')),
];

describe('a workspace that is taken away in the middle of a turn', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  /** Runs the job; `happen` comes after the first command. */
  async function runWhile(happen: () => void): Promise<void> {
    agent = await startTestThreads({ 'a.txt': 'a\n' }, job);
    let happened = false;
    agent.thread.onEvent((event) => {
      if (event.type !== 'item.completed' || event.item.type !== 'commandExecution') return;
      if (!happened) happen();
      happened = true;
    });
    await agent.ask('go');
    assert.deepEqual(agent.server.violations, []);
  }

  /** The thread can be read, and goes on. */
  async function assertAlive(): Promise<void> {
    const { state } = agent.thread;
    assert.equal(state.turns[0]?.status, 'completed');
    await agent.ask('and now?');
    assert.equal(state.turns.length + 1, agent.thread.state.turns.length);
    assert.equal(agent.thread.state.turns.at(-1)?.status, 'completed');
    assert.deepEqual(agent.server.violations, []);
  }

  it('tells the model that the folder is gone, and the thread lives', async () => {
    await runWhile(() => rmSync(agent.workspace.path, { recursive: true }));
    assert.match(agent.server.requests[2]!.outputOf('c3')!, /does not exist/);
    await assertAlive();
  });

  it('opens a stored thread whose folder is gone, and says so when it is used', async () => {
    await runWhile(() => rmSync(agent.workspace.path, { recursive: true }));
    await agent.threads.close(agent.thread.id);
    const thread = agent.anotherHost().open(agent.thread.id);
    assert.equal(thread.state.turns.length, 1);
    await thread.startTurn({ text: 'go on', attachments: [] }, thread.state.turns[0]!.context);
    assert.equal(thread.state.turns[1]?.status, 'completed');
  });

  it('never writes to the place where a renamed folder was', async () => {
    let moved = '';
    await runWhile(() => {
      moved = `${agent.workspace.path}-moved`;
      renameSync(agent.workspace.path, moved);
    });
    assert.match(agent.server.requests[2]!.outputOf('c2')!, /does not exist|no longer/);
    assert.equal(existsSync(agent.workspace.path), false);
    await assertAlive();
    rmSync(moved, { recursive: true });
  });

  it('ends the turn with a sentence when the folder of its journal is deleted, and other threads go on', async () => {
    await runWhile(() => rmSync(join(agent.stateFolder, 'threads'), { recursive: true }));
    const [turn] = agent.thread.state.turns;
    assert.equal(turn?.error?.code, 'journal');
    assert.match(turn.error.message, /can no longer be stored: .*the folder of threads is gone/);
    assert.equal(existsSync(agent.workspace.at('made.txt')), false, 'nothing more was done');
    const other = agent.threads.start(agent.workspace.path);
    await other.startTurn({ text: 'other', attachments: [] }, turn.context);
    assert.equal(other.state.turns[0]?.status, 'completed');
  });
});

describe('changes are followed in a repository', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      cwd: agent.workspace.path,
      stdio: 'pipe',
    });

  /** Runs the job in a repository that was brought into a state. */
  async function runIn(prepare: () => void): Promise<void> {
    agent = await startTestThreads({ 'a.txt': 'a\n', 'dir/b.txt': 'b\n' }, job);
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'one');
    prepare();
    await agent.ask('go');
    assert.equal(agent.thread.state.turns[0]?.status, 'completed');
  }

  const changed = () => agent.thread.state.changes.files.map(({ path }) => path).sort();

  it('whose index is locked, and the lock stays', async () => {
    await runIn(() => agent.workspace.write('.git/index.lock', ''));
    assert.deepEqual(changed(), ['log.txt', 'made.txt']);
    assert.ok(existsSync(agent.workspace.at('.git/index.lock')));
  });

  it('whose HEAD is detached', async () => {
    await runIn(() => git('checkout', '-q', '--detach'));
    assert.deepEqual(changed(), ['log.txt', 'made.txt']);
  });

  it('in the middle of a rebase, which stays as it is', async () => {
    await runIn(() => {
      git('checkout', '-qb', 'side');
      writeFileSync(agent.workspace.at('a.txt'), 'side\n');
      git('commit', '-qam', 'side');
      git('checkout', '-q', 'main');
      writeFileSync(agent.workspace.at('a.txt'), 'main\n');
      git('commit', '-qam', 'main');
      assert.throws(() => git('rebase', 'side'));
    });
    assert.deepEqual(changed(), ['log.txt', 'made.txt']);
    assert.ok(existsSync(agent.workspace.at('.git/rebase-merge')));
    assert.match(git('status').toString(), /rebase in progress|currently rebasing/);
  });

  it('with a submodule, which it leaves out and says so', async () => {
    await runIn(() => {
      mkdirSync(agent.workspace.at('sub'));
      execFileSync('git', ['init', '-q'], { cwd: agent.workspace.at('sub') });
      writeFileSync(agent.workspace.at('sub', 'inside.txt'), 'x\n');
    });
    assert.deepEqual(changed(), ['log.txt', 'made.txt']);
    assert.match(agent.thread.state.changes.notes.join(), /repositories of their own: sub/);
  });

  it('with a sparse checkout, whose missing files are no deletions', async () => {
    await runIn(() => git('sparse-checkout', 'set', '--no-cone', '/a.txt'));
    assert.equal(existsSync(agent.workspace.at('dir/b.txt')), false);
    assert.deepEqual(changed(), ['log.txt', 'made.txt']);
  });

  it('with 20,000 files that git does not know', async () => {
    await runIn(() => {
      mkdirSync(agent.workspace.at('many'));
      for (let number = 0; number < 20_000; number++) {
        writeFileSync(join(agent.workspace.at('many'), `${number}.txt`), `${number}\n`);
      }
    });
    assert.deepEqual(changed(), ['log.txt', 'made.txt']);
  });

  it('with a reason and without commands where there is no git', async () => {
    const { PATH } = process.env;
    try {
      await runIn(() => (process.env.PATH = '/nowhere'));
    } finally {
      process.env.PATH = PATH;
    }
    assert.deepEqual(changed(), ['made.txt']);
    assert.match(agent.thread.state.changes.notes.join(), /git/i);
  });
});
