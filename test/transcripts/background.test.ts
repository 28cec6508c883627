import assert from 'node:assert/strict';
import { functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

describe('a command that goes on in the background', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  it('is read on by its session, and what it writes late is still its own change', async () => {
    agent = await startTestThreads({}, [
      respond(
        functionCall(
          'exec_command',
          { cmd: 'echo one; read line; echo "got $line" | tee late.txt', yield_time_ms: 250 },
          'c1',
        ),
      ),
      (request) => {
        const session = Number(/session ID (\d+)/.exec(request.outputOf('c1')!)![1]);
        return respond(
          functionCall(
            'write_stdin',
            { session_id: session, chars: 'hello\n', yield_time_ms: 2000 },
            'c2',
          ),
        );
      },
      respond(message('Done.')),
    ]);
    await agent.ask('start it');
    assert.deepEqual(agent.server.violations, []);
    assert.match(agent.server.requests[1]!.outputOf('c1')!, /Output:\none/);
    assert.match(
      agent.server.requests[2]!.outputOf('c2')!,
      /Process exited with code 0[^]*got hello/,
    );
    const [file] = agent.thread.state.changes.files;
    assert.equal(file?.path, 'late.txt');
    assert.match(file.origins[0]!.label, /read line/);
  });
});
