import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { runningTurn } from '../../src/protocol/threadState';
import {
  closeAfter,
  customCall,
  dropAfter,
  functionCall,
  hangAfter,
  httpError,
  message,
  respond,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

describe('faults', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const messages = () =>
    agent.thread.state.turns.flatMap((turn) =>
      turn.entries.flatMap((entry) => (entry.type === 'agentMessage' ? [entry.text] : [])),
    );
  const lastTurn = () => agent.thread.state.turns.at(-1)!;

  it('says nothing twice after a stream broke off', async () => {
    const answer = respond(message('The whole answer in one piece.'));
    agent = await startTestThreads({}, [dropAfter(6, answer), closeAfter(7, answer), answer]);
    await agent.ask('hi');
    assert.deepEqual(messages(), ['The whole answer in one piece.']);
    assert.equal(agent.events.filter((event) => event.type === 'step.retried').length, 2);
    const bodies = agent.server.requests.map((request) => request.raw);
    assert.equal(new Set(bodies).size, 1, 'a retry sends the same bytes');
  });

  it('waits as long as the server asks when it is rate limited', async () => {
    const limited = httpError(
      429,
      { error: { message: 'slow down', code: 'rate_limit_exceeded' } },
      { 'retry-after': '0.05' },
    );
    agent = await startTestThreads({}, [limited, respond(message('ok'))]);
    await agent.ask('hi');
    const retried = agent.events.find((event) => event.type === 'step.retried');
    assert.equal(retried?.error.code, 'rateLimit');
    assert.equal(retried?.delayMs, 50);
    assert.equal(lastTurn().status, 'completed');
  });

  it('does not retry a refused key, and never shows it', async () => {
    const refused = httpError(401, { error: { message: 'Incorrect API key provided: test-key' } });
    agent = await startTestThreads({}, [refused]);
    await agent.ask('hi');
    assert.equal(agent.server.requests.length, 1);
    assert.equal(lastTurn().error?.code, 'credentials');
    assert.doesNotMatch(JSON.stringify(agent.events), /test-key/);
  });

  it('shows the words of a server that refuses the request', async () => {
    agent = await startTestThreads({}, [
      httpError(400, { error: { message: 'The model is confused.' } }),
    ]);
    await agent.ask('hi');
    assert.equal(lastTurn().error?.code, 'invalidRequest');
    assert.match(lastTurn().error!.message, /The model is confused\./);
    assert.doesNotMatch(lastTurn().error!.message, /[{}]/);
  });

  it('answers nonsense calls so that the model can do better', async () => {
    agent = await startTestThreads({ 'bin.dat': new Uint8Array([0, 1, 2, 0]) }, [
      respond(
        functionCall('no_such_tool', {}, 'c1'),
        functionCall('exec_command', '{"cmd": ', 'c2'),
        functionCall('exec_command', { cmd: 7 }, 'c3'),
        functionCall('apply_patch', {}, 'c4'),
        customCall('apply_patch', 'what?', 'c5'),
        customCall(
          'apply_patch',
          '*** Begin Patch\n*** Update File: bin.dat\n@@\n-a\n+b\n*** End Patch',
          'c6',
        ),
        customCall('apply_patch', '*** Begin Patch\n*** Add File: ../out\n+b\n*** End Patch', 'c7'),
        functionCall('write_stdin', { session_id: 99 }, 'c8'),
        functionCall('view_image', { path: 'bin.dat' }, 'c9'),
      ),
      respond(message('Sorry.')),
    ]);
    await agent.ask('hi');
    const outputs = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9'].map((id) =>
      agent.server.requests[1]!.outputOf(id)!,
    );
    const expected = [
      /unsupported call: no_such_tool/,
      /failed to parse function arguments: the arguments are not JSON/,
      /failed to parse function arguments: cmd: /,
      /failed to parse function arguments: input: /,
      /^apply_patch verification failed: the first line/,
      /^apply_patch verification failed: .*binary/,
      /outside the folder/,
      /no session 99/,
      /no PNG, JPEG, GIF or WebP/,
    ];
    outputs.forEach((output, index) => assert.match(output, expected[index]!));
    assert.deepEqual(agent.server.violations, []);
    assert.equal(lastTurn().status, 'completed');
  });

  it('stops at once while the model streams, and goes on with a history the server accepts', async () => {
    agent = await startTestThreads({}, [hangAfter(6), respond(message('Back.'))]);
    const stopping = agent.thread.onEvent((event) => {
      if (event.type === 'item.delta') agent.thread.interrupt();
    });
    await agent.ask('talk');
    stopping.dispose();
    assert.equal(lastTurn().status, 'interrupted');
    await agent.ask('go on');
    assert.equal(messages().at(-1), 'Back.');
    assert.deepEqual(agent.server.violations, []);
  });

  it('kills a running command when it is stopped, and tells the model', async () => {
    agent = await startTestThreads({}, [
      respond(functionCall('exec_command', { cmd: 'echo begun; sleep 60; touch late' }, 'c1')),
      respond(message('Back.')),
    ]);
    agent.thread.onEvent((event) => {
      if (event.type === 'item.delta' && event.delta.kind === 'output') agent.thread.interrupt();
    });
    await agent.ask('sleep');
    const [command] = lastTurn().entries.filter((entry) => entry.type === 'commandExecution');
    assert.equal(command?.status, 'interrupted');
    assert.match(command.output, /begun/);
    await agent.ask('go on');
    assert.match(
      agent.server.requests[1]!.outputOf('c1')!,
      /begun[^]*The person stopped the command/,
    );
    assert.equal(existsSync(agent.workspace.at('late')), false);
  });

  it('steers a running turn: the model sees the input at its next step', async () => {
    agent = await startTestThreads({}, [
      respond(functionCall('exec_command', { cmd: 'ls' }, 'c1')),
      respond(message('Steered.')),
    ]);
    const once = agent.thread.onEvent((event) => {
      if (event.type !== 'item.started' || event.item.type !== 'commandExecution') return;
      once.dispose();
      agent.thread.steer({ text: 'and be quick', attachments: [] });
    });
    await agent.ask('list');
    const last = agent.server.requests[1]!.body.input.at(-1);
    assert.match(JSON.stringify(last), /and be quick/);
    assert.equal(agent.thread.state.turns.length, 1);
  });

  it('ends a turn whose host was gone, runs nothing again, and goes on', async () => {
    agent = await startTestThreads({}, [
      respond(functionCall('exec_command', { cmd: 'echo x >> ran; sleep 60' }, 'c1')),
      respond(message('Back.')),
    ]);
    const turn = agent.ask('run');
    await new Promise<void>((resolve) => {
      agent.thread.onEvent((event) => {
        if (event.type === 'item.started' && event.item.type === 'commandExecution') resolve();
      });
    });
    // What a killed process leaves: a journal without an end. Another host reads it without owning it.
    const { state } = agent.thread;
    assert.ok(runningTurn(state));
    await agent.threads.dispose();
    await turn;
    const thread = agent.anotherHost().open(agent.thread.id);
    assert.equal(runningTurn(thread.state), undefined);
    await thread.startTurn({ text: 'go on', attachments: [] }, lastTurn().context);
    assert.deepEqual(agent.server.violations, []);
  });
});
