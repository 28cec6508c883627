import assert from 'node:assert/strict';
import { countTokens } from '../../src/base/truncateText';
import { assertTook } from '../support/assertTook';
import { functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const megabyte = 1024 * 1024;

// How much memory this takes is measured where nothing else runs in the process: `test/bench/terminal.bench.ts`.

describe('a command that prints without end', function () {
  this.timeout(120_000);
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  /** Runs a command in a turn; answers its item and how many characters were shown while it ran. */
  async function run(cmd: string, whenOutput = () => {}) {
    agent = await startTestThreads({}, [
      respond(functionCall('exec_command', { cmd, yield_time_ms: 30_000 }, 'c1')),
      respond(message('ok')),
    ]);
    let shown = 0;
    agent.thread.onEvent((event) => {
      if (event.type !== 'item.delta' || event.delta.kind !== 'output') return;
      shown += event.delta.text.length;
      whenOutput();
    });
    await agent.ask('go');
    const [command] = agent.thread.state.turns[0]!.entries.filter(
      (entry) => entry.type === 'commandExecution' && entry.command === cmd,
    );
    assert.ok(command?.type === 'commandExecution');
    return { command, shown };
  }

  for (const [name, cmd] of [
    ['in lines', "yes 'forty characters of output in one line' | head -c 100000000; echo the end"],
    ['in one line', "head -c 100000000 /dev/zero | tr '\\0' x; echo the end"],
  ] as const) {
    it(`costs bounded tokens for 100 MB ${name}, and keeps the end`, async () => {
      const { command, shown } = await run(cmd);
      const output = agent.server.requests[1]!.outputOf('c1')!;
      assert.match(output, /exited with code 0/);
      assert.match(output, /Original token count: 25\d{6}\n/);
      assert.match(output, /the end\s*$/);
      assert.ok(countTokens(output) < 10_200, `${countTokens(output)} tokens`);
      assert.ok(shown < megabyte && command.output.length < megabyte, 'the view is not flooded');
      assert.equal(command.exitCode, 0);
    });
  }

  it('stops when the person stops it, however fast it prints', async () => {
    let stoppedAt = 0;
    const { command } = await run('yes', () => {
      stoppedAt ||= performance.now();
      agent.thread.interrupt();
    });
    await assertTook(performance.now() - stoppedAt, 6000);
    assert.equal(command.status, 'interrupted');
    await agent.ask('go on');
    assert.deepEqual(agent.server.violations, []);
  });
});
