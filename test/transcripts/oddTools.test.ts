import assert from 'node:assert/strict';
import { stopAfter } from '../../src/agent/loopBreaker';
import { functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

describe('a model that calls oddly', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());
  const lastTurn = () => agent.thread.state.turns.at(-1)!;

  it('gets exactly one output per call when it uses one call id twice', async () => {
    agent = await startTestThreads({}, [
      respond(
        functionCall('exec_command', { cmd: 'echo one >> ran' }, 'c1'),
        functionCall('exec_command', { cmd: 'echo one >> ran' }, 'c1'),
        functionCall('exec_command', { cmd: 'echo two >> ran' }, 'c1'),
      ),
      respond(functionCall('exec_command', { cmd: 'cat ran' }, 'c1')),
      respond(message('ok')),
    ]);
    await agent.ask('go');
    assert.deepEqual(agent.server.violations, []);
    assert.equal(lastTurn().status, 'completed');
    const last = agent.server.requests[2]!.body.input.at(-1);
    assert.match(String(last?.output), /one\r?\ntwo/, 'the same call ran once');
    assert.doesNotMatch(String(last?.output), /one\r?\none/);
  });

  it('gets an output for each of 50 parallel calls', async () => {
    const calls = Array.from({ length: 50 }, (_, index) =>
      functionCall('exec_command', { cmd: `echo number ${index}` }, `c${index}`),
    );
    agent = await startTestThreads({}, [respond(...calls), respond(message('ok'))]);
    await agent.ask('go');
    calls.forEach((_, index) =>
      assert.match(
        agent.server.requests[1]!.outputOf(`c${index}`)!,
        new RegExp(`exited with code 0[^]*number ${index}\\b`),
      ),
    );
    assert.deepEqual(agent.server.violations, []);
  });

  it('is stopped with a clear sentence when the same call fails again and again and nobody can be asked', async () => {
    agent = await startTestThreads({}, (_request, index) =>
      respond(functionCall('exec_command', { cmd: 'false' }, `c${index}`)),
    );
    await agent.ask('go');
    assert.equal(lastTurn().error?.code, 'loop');
    assert.match(lastTurn().error!.message, /same failing call \d+ times in a row/);
    assert.equal(agent.server.requests.length, stopAfter + 1);
    assert.match(agent.server.requests.at(-1)!.outputOf(`c${stopAfter - 1}`)!, /Do not repeat it/);
    assert.deepEqual(agent.server.violations, []);
  });

  it('goes on only when a person says so when the same call fails again and again', async () => {
    agent = await startTestThreads({}, (_request, index) =>
      index > stopAfter + 1
        ? respond(message('Gave up.'))
        : respond(functionCall('exec_command', { cmd: 'touch no/such/folder' }, `c${index}`)),
    );
    const asked: string[] = [];
    agent.thread.onEvent((event) => {
      if (event.type !== 'approval.requested') return;
      asked.push(...event.approval.reasons);
      setImmediate(() => agent.thread.resolveApproval(event.approval.id, 'approve'));
    });
    await agent.ask('go', { approvalPolicy: 'on-request' });
    assert.deepEqual(asked, [`the same call failed ${stopAfter} times in a row`]);
    assert.equal(lastTurn().status, 'completed');
  });
});
