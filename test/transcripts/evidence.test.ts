import assert from 'node:assert/strict';
import type { Evidence } from '../../src/protocol/items';
import { customCall, functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const patch = `*** Begin Patch
*** Update File: a.js
@@
-exports.a = 1;
+exports.a = 2;
*** End Patch`;

describe('evidence of a turn', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const files = { 'a.js': 'exports.a = 1;\n', 'test.js': "require('./a');\n" };
  const run = (cmd: string, id: string) => functionCall('exec_command', { cmd }, id);

  function evidence(): readonly Evidence[] | undefined {
    const answers = agent.thread.state.turns
      .flatMap(({ entries }) => entries)
      .filter((entry) => entry.type === 'agentMessage');
    return answers.at(-1)?.evidence;
  }

  it('goes with the answer: the last run of each check, and the command that shows it', async () => {
    agent = await startTestThreads(files, [
      respond(run('node test.js', 'c1'), customCall('apply_patch', patch, 'c2')),
      respond(run('node test.js', 'c3')),
      respond(message('Done: all tests pass.')),
    ]);
    await agent.ask('go');
    const commands = agent.thread.state.turns[0]!.entries.filter(
      ({ type }) => type === 'commandExecution',
    );
    assert.deepEqual(evidence(), [
      {
        ...{ label: 'node test.js', kind: 'test', verdict: 'passed' },
        ...{ commandItemId: commands[1]!.id, exitCode: 0 },
      },
    ]);
  });

  it('calls a check outdated that ran before a command changed files, told late or not', async () => {
    agent = await startTestThreads(files, [
      respond(run('node test.js', 'c1'), run("sed -i 's/1/2/' a.js", 'c2')),
      respond(message('All tests pass.')),
    ]);
    await agent.ask('go');
    assert.deepEqual(
      evidence()?.map(({ verdict }) => verdict),
      ['outdated'],
    );
  });

  it('says of a claim without a command behind it that it is not verified', async () => {
    agent = await startTestThreads(files, [
      respond(customCall('apply_patch', patch, 'c1')),
      respond(message('All tests pass and lint is clean.')),
    ]);
    await agent.ask('go');
    assert.deepEqual(evidence(), [
      { label: 'Tests', kind: 'test', verdict: 'notVerified' },
      { label: 'Lint', kind: 'lint', verdict: 'notVerified' },
    ]);
  });

  it('follows a check that outlives its call to its end', async () => {
    const cmd = 'sleep 1; node test.js';
    agent = await startTestThreads(files, [
      respond(functionCall('exec_command', { cmd, yield_time_ms: 250 }, 'c1')),
      (request) => {
        const id = /session ID (\d+)/.exec(request.outputOf('c1') ?? '')?.[1];
        return respond(functionCall('write_stdin', { session_id: Number(id) }, 'c2'));
      },
      respond(message('All tests pass.')),
    ]);
    await agent.ask('go');
    assert.deepEqual(
      evidence()?.map(({ label, verdict, exitCode }) => [label, verdict, exitCode]),
      [[cmd, 'passed', 0]],
    );
  });

  it('is absent where nothing was checked and nothing is claimed', async () => {
    agent = await startTestThreads(files, [respond(message('It exports a number.'))]);
    await agent.ask('what does a.js do?');
    assert.equal(evidence(), undefined);
  });
});
