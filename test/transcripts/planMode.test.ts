import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Mode } from '../../src/protocol/turnContext';
import { waitingPlan } from '../../src/protocol/threadState';
import { assertGolden } from '../support/goldenText';
import { maskUnstable, printEvents, printRequests } from '../support/printTranscript';
import { sampleContext } from '../support/sampleContext';
import { customCall, functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

describe('mode plan', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const plans = () =>
    agent.thread.state.turns.flatMap((turn) =>
      turn.entries.filter((entry) => entry.type === 'proposedPlan'),
    );
  const context = (mode: Mode) => sampleContext(agent.workspace.path, { mode });

  it('ends in a plan, and an approved plan as edited is the input of a turn in mode agent', async () => {
    agent = await startTestThreads({}, [
      respond(message('I look first.'), functionCall('exec_command', { cmd: 'ls' }, 'c1')),
      respond(message('1. Add a cache.')),
      respond(functionCall('exec_command', { cmd: 'touch made' }, 'c2')),
      respond(message('Made.')),
    ]);
    await agent.ask('cache it', { mode: 'plan' });
    const plan = waitingPlan(agent.thread.state);
    assert.equal(plan?.text, '1. Add a cache.');
    assert.equal(plan.status, 'completed');
    const decision = { kind: 'approved', text: '1. Add a small cache.' } as const;
    const going = agent.thread.resolvePlan(plan.id, decision, context('agent'));
    assert.equal(agent.thread.resolvePlan(plan.id, decision, context('agent')), undefined);
    await going;
    assert.deepEqual(
      plans().map(({ text, resolution }) => [text, resolution]),
      [['1. Add a small cache.', 'approved']],
    );
    const sent = JSON.stringify(agent.server.requests[2]!.body.input.at(-1));
    assert.match(sent, /Carry out this plan:\\n\\n1\. Add a small cache\./);
    assert.match(agent.server.requests[2]!.raw, /Mode: agent/);
    assert.ok(existsSync(agent.workspace.at('made')));
    assert.equal(waitingPlan(agent.thread.state), undefined);
    assert.deepEqual(agent.server.violations, []);
  });

  it('goes on in mode plan with the remarks of a plan that was sent back', async () => {
    agent = await startTestThreads({}, [
      respond(message('1. Rewrite it.')),
      respond(message('1. Change one line.')),
    ]);
    await agent.ask('fix it', { mode: 'plan' });
    const first = waitingPlan(agent.thread.state)!;
    const decision = { kind: 'sentBack', remarks: 'Smaller, please.' } as const;
    await agent.thread.resolvePlan(first.id, decision, context('plan'));
    assert.deepEqual(
      plans().map(({ text, resolution }) => [text, resolution]),
      [
        ['1. Rewrite it.', 'sentBack'],
        ['1. Change one line.', undefined],
      ],
    );
    assert.match(JSON.stringify(agent.server.requests[1]!.body.input.at(-1)), /Smaller, please\./);
  });

  it('asks, proposes, thinks again and carries out, as the golden transcript tells', async () => {
    const options = [
      { label: 'Memory', description: 'Lost at a restart.' },
      { label: 'Redis', description: 'Runs already.' },
    ];
    const question = { id: 'store', header: 'Store', question: 'Where is it to live?', options };
    agent = await startTestThreads({}, [
      respond(functionCall('request_user_input', { questions: [question] }, 'c1')),
      respond(message('1. Write a cache.')),
      respond(message('1. Write a small cache.')),
      respond(message('Written.')),
    ]);
    agent.thread.onEvent((event) => {
      if (event.type !== 'item.started' || event.item.type !== 'question') return;
      const { id } = event.item;
      setImmediate(() => agent.thread.answerQuestion(id, { store: 'in a file' }));
    });
    await agent.ask('cache it', { mode: 'plan' });
    const remarks = { kind: 'sentBack', remarks: 'Smaller.' } as const;
    await agent.thread.resolvePlan(waitingPlan(agent.thread.state)!.id, remarks, context('plan'));
    const { id, text } = waitingPlan(agent.thread.state)!;
    const approval = { kind: 'approved', text: `${text}\n2. Test it.` } as const;
    await agent.thread.resolvePlan(id, approval, context('agent'));
    const printed = `${printEvents(agent.events)}\n\n${printRequests(agent.server.requests)}\n`;
    assertGolden('planMode', maskUnstable(printed, agent.workspace.path));
    assert.deepEqual(agent.server.violations, []);
  });

  it('holds queued input while a plan waits for a decision', async () => {
    agent = await startTestThreads({}, [respond(message('1. Do it.')), respond(message('Done.'))]);
    const once = agent.thread.onEvent((event) => {
      if (event.type !== 'step.started') return;
      once.dispose();
      agent.thread.queue({ text: 'then the docs', attachments: [] });
    });
    await agent.thread.startTurn({ text: 'go', attachments: [] }, context('plan'), {
      contextForNextTurn: () => context('agent'),
    });
    assert.equal(agent.thread.state.turns.length, 1);
    assert.equal(agent.thread.state.waiting.length, 1);
  });
});

for (const mode of ['ask', 'plan'] as const) {
  describe(`mode ${mode}`, () => {
    let agent: TestThreads;
    afterEach(() => agent.dispose());

    it('refuses a patch, a command that writes and typing into a shell, and still reads', async () => {
      agent = await startTestThreads({ 'x.txt': 'content\n' }, [
        respond(functionCall('exec_command', { cmd: 'bash', tty: true, yield_time_ms: 250 }, 'c1')),
        respond(message('A shell is open.')),
        (request) => {
          const session = Number(/session ID (\d+)/.exec(request.outputOf('c1')!)![1]);
          return respond(
            customCall(
              'apply_patch',
              '*** Begin Patch\n*** Update File: x.txt\n@@\n-content\n+changed\n*** End Patch',
              'c2',
            ),
            functionCall('exec_command', { cmd: 'echo changed > x.txt' }, 'c3'),
            functionCall(
              'exec_command',
              {
                cmd: "apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: x.txt\n*** End Patch\nEOF",
              },
              'c4',
            ),
            functionCall('write_stdin', { session_id: session, chars: 'touch made\n' }, 'c5'),
            functionCall('write_stdin', { session_id: session, yield_time_ms: 5000 }, 'c6'),
            functionCall('exec_command', { cmd: 'cat x.txt' }, 'c7'),
          );
        },
        respond(message('It says content.')),
      ]);
      await agent.ask('open a shell', { sandboxMode: 'full-access', approvalPolicy: 'never' });
      await agent.ask('look', { mode });
      const outputs = ['c2', 'c3', 'c4', 'c5'].map((id) => agent.server.requests[3]!.outputOf(id));
      for (const output of outputs) assert.match(output!, new RegExp(`Mode ${mode} only reads`));
      assert.match(agent.server.requests[3]!.outputOf('c6')!, /running with session ID/);
      assert.match(agent.server.requests[3]!.outputOf('c7')!, /content/);
      assert.equal(existsSync(agent.workspace.at('made')), false);
      assert.equal(agent.thread.state.changes.files.length, 0);
      assert.deepEqual(agent.server.violations, []);
    });
  });
}
