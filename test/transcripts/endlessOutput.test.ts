import assert from 'node:assert/strict';
import { countTokens } from '../../src/base/truncateText';
import { functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const megabyte = 1024 * 1024;

describe('a command that prints without end', function () {
  this.timeout(120_000);
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  /** Runs a command in a turn; answers what the model got and by how much memory grew at most. */
  async function run(cmd: string, whenOutput = () => {}) {
    agent = await startTestThreads({}, [
      respond(functionCall('exec_command', { cmd: 'touch warm' }, 'c0')),
      respond(functionCall('exec_command', { cmd, yield_time_ms: 30_000 }, 'c1')),
      respond(message('ok')),
    ]);
    let before = 0;
    let peak = 0;
    const watching = setInterval(() => {
      if (before > 0) peak = Math.max(peak, process.memoryUsage.rss());
    }, 20);
    let shown = 0;
    agent.thread.onEvent((event) => {
      const starts = event.type === 'item.started' && event.item.type === 'commandExecution';
      if (starts && event.item.command === cmd) before = process.memoryUsage.rss();
      if (event.type !== 'item.delta' || event.delta.kind !== 'output') return;
      shown += event.delta.text.length;
      whenOutput();
    });
    await agent.ask('go');
    clearInterval(watching);
    const [command] = agent.thread.state.turns[0]!.entries.filter(
      (entry) => entry.type === 'commandExecution' && entry.command === cmd,
    );
    assert.ok(command?.type === 'commandExecution');
    return { command, shown, growth: peak - before };
  }

  for (const [name, cmd] of [
    ['in lines', "yes 'forty characters of output in one line' | head -c 100000000; echo the end"],
    ['in one line', "head -c 100000000 /dev/zero | tr '\\0' x; echo the end"],
  ] as const) {
    it(`costs bounded memory and tokens for 100 MB ${name}, and keeps the end`, async () => {
      const { command, shown, growth } = await run(cmd);
      const output = agent.server.requests[2]!.outputOf('c1')!;
      assert.match(output, /exited with code 0/);
      assert.match(output, /Original token count: 25\d{6}\n/);
      assert.match(output, /the end\s*$/);
      assert.ok(countTokens(output) < 10_200, `${countTokens(output)} tokens`);
      assert.ok(growth < 64 * megabyte, `grew by ${growth / megabyte} MB`);
      assert.ok(shown < megabyte && command.output.length < megabyte, 'the view is not flooded');
      assert.equal(command.exitCode, 0);
    });
  }

  it('stops when the person stops it, however fast it prints', async () => {
    let stoppedAt = 0;
    const { command, growth } = await run('yes', () => {
      stoppedAt ||= performance.now();
      agent.thread.interrupt();
    });
    assert.ok(performance.now() - stoppedAt < 6000);
    assert.equal(command.status, 'interrupted');
    assert.ok(growth < 64 * megabyte, `grew by ${growth / megabyte} MB`);
    await agent.ask('go on');
    assert.deepEqual(agent.server.violations, []);
  });
});
