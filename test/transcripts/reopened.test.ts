import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeRecord, encodeRecord, parseJournal } from '../../src/adapters/journal/journalLines';
import { denyingApprover } from '../../src/headless/denyingApprover';
import type { ThreadEvent } from '../../src/protocol/events';
import { openQuestion, runningTurn, waitingPlan } from '../../src/protocol/threadState';
import type { TurnContext } from '../../src/protocol/turnContext';
import type { Thread } from '../../src/threads/thread';
import { sampleContext } from '../support/sampleContext';
import { functionCall, message, respond, type Script } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';
import { assertStreamInvariants } from '../support/threadInvariants';

const oneCommand: Script = [
  respond(functionCall('exec_command', { cmd: 'echo ran >> made' }, 'c1')),
  respond(message('Done.')),
  respond(message('And more.')),
];

describe('a thread whose host ends while the person is asked', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  async function askUntilAsked(context?: Partial<TurnContext>): Promise<void> {
    const asked = waitFor(agent.thread, (event) => {
      if (event.type === 'approval.requested') return true;
      return event.type === 'item.started' && event.item.type === 'question';
    });
    void agent.ask('go', { approvalPolicy: 'untrusted', ...context });
    await asked;
  }

  /** Runs until the agent waits for the person, and ends the host as a reload of the window does. */
  async function endWhileAsked(script: Script, context?: Partial<TurnContext>): Promise<void> {
    agent = await startTestThreads({}, script);
    await askUntilAsked(context);
    await agent.threads.dispose();
  }

  async function reloadWhileAsked(script: Script, context?: Partial<TurnContext>): Promise<Thread> {
    await endWhileAsked(script, context);
    return agent.anotherHost().open(agent.thread.id);
  }

  const made = () => readFileSync(agent.workspace.at('made'), 'utf8');

  function journalPath(): string {
    const folder = join(agent.stateFolder, 'threads');
    const name = readdirSync(folder).find((each) => each === `${agent.thread.id}.jsonl`);
    assert.ok(name !== undefined);
    return join(folder, name);
  }

  /** All events of both hosts. */
  const stored = () => parseJournal(readFileSync(journalPath())).events;

  it('asks the same again; Approve runs the command once and the turn goes on', async () => {
    const thread = await reloadWhileAsked(oneCommand);
    const [approval] = thread.state.approvals;
    assert.deepEqual(approval?.subject, { kind: 'command', command: 'echo ran >> made' });
    assert.equal(runningTurn(thread.state)?.status, 'running');
    assert.equal(existsSync(agent.workspace.at('made')), false);
    const ended = waitFor(thread, ({ type }) => type === 'turn.completed');
    thread.resolveApproval(approval.id, 'approve');
    await ended;
    assert.equal(made(), 'ran\n');
    assert.match(agent.server.requests[1]!.outputOf('c1')!, /exited with code 0/);
    assert.equal(thread.state.turns.length, 1);
    assertStreamInvariants(stored());
    assert.deepEqual(agent.server.violations, []);
  });

  it('F07 answers nothing by itself, and only the first answer counts', async () => {
    const thread = await reloadWhileAsked(oneCommand);
    const { id } = thread.state.approvals[0]!;
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(thread.state.approvals[0]?.id, id, 'still asked, by the same id');
    assert.equal(existsSync(agent.workspace.at('made')), false);
    const ended = waitFor(thread, ({ type }) => type === 'turn.completed');
    thread.resolveApproval('another', 'approve');
    thread.resolveApproval(id, 'deny');
    thread.resolveApproval(id, 'approve');
    // The window that asked first has lost the thread: what is pressed there has no effect.
    agent.thread.resolveApproval(id, 'approve');
    await ended;
    assert.equal(existsSync(agent.workspace.at('made')), false);
    const outcomes = stored().filter(({ type }) => type === 'approval.resolved');
    assert.equal(outcomes.length, 1);
  });

  it('F05 asks anew where what was shown is not what would run', async () => {
    await endWhileAsked(oneCommand);
    const shown = (event: ThreadEvent): ThreadEvent =>
      event.type === 'approval.requested'
        ? {
            ...event,
            approval: {
              ...event.approval,
              subject: { kind: 'command', command: 'echo harmless' },
            },
          }
        : event;
    const [header = '', ...records] = readFileSync(journalPath(), 'utf8').trimEnd().split('\n');
    const rewritten = records.map((line) => {
      const record = decodeRecord(Buffer.from(line)) as unknown as ThreadEvent;
      return encodeRecord(shown(record)).toString('utf8');
    });
    writeFileSync(journalPath(), `${header}\n${rewritten.join('')}`);

    const thread = agent.anotherHost().open(agent.thread.id);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [approval, ...more] = thread.state.approvals;
    assert.deepEqual(approval?.subject, { kind: 'command', command: 'echo ran >> made' });
    assert.deepEqual(more, []);
    assert.equal(existsSync(agent.workspace.at('made')), false);
    const ended = waitFor(thread, ({ type }) => type === 'turn.completed');
    thread.resolveApproval(approval.id, 'approve');
    await ended;
    assert.equal(made(), 'ran\n');
    assertStreamInvariants(stored());
  });

  it('Deny tells the model and goes on', async () => {
    const thread = await reloadWhileAsked(oneCommand);
    const ended = waitFor(thread, ({ type }) => type === 'turn.completed');
    thread.resolveApproval(thread.state.approvals[0]!.id, 'deny');
    await ended;
    assert.equal(existsSync(agent.workspace.at('made')), false);
    assert.match(agent.server.requests[1]!.outputOf('c1')!, /the person denied this/);
    assertStreamInvariants(stored());
    assert.deepEqual(agent.server.violations, []);
  });

  it('can be stopped there, and goes on with the next message', async () => {
    const thread = await reloadWhileAsked([oneCommand[0]!, respond(message('Fine.'))]);
    const ended = waitFor(thread, ({ type }) => type === 'turn.interrupted');
    thread.interrupt();
    await ended;
    assert.deepEqual(thread.state.approvals, []);
    while (!thread.idle) await new Promise((resolve) => setTimeout(resolve, 5));
    await thread.startTurn({ text: 'next', attachments: [] }, sampleContext(thread.cwd));
    assertStreamInvariants(stored());
    assert.deepEqual(agent.server.violations, []);
  });

  it('runs the other calls of the same answer after it, each in its place', async () => {
    const thread = await reloadWhileAsked([
      respond(
        functionCall('exec_command', { cmd: 'pwd' }, 'c1'),
        functionCall('exec_command', { cmd: 'echo a > made' }, 'c2'),
        functionCall('exec_command', { cmd: 'cat made' }, 'c3'),
      ),
      respond(message('Done.')),
    ]);
    const ended = waitFor(thread, ({ type }) => type === 'turn.completed');
    thread.resolveApproval(thread.state.approvals[0]!.id, 'approve');
    await ended;
    const outputs = ['c1', 'c2', 'c3'].map((id) => agent.server.requests[1]!.outputOf(id));
    assert.match(outputs[0]!, new RegExp(agent.workspace.path));
    assert.match(outputs[2]!, /\na\n/);
    assertStreamInvariants(stored());
    assert.deepEqual(agent.server.violations, []);
  });

  it('asks its question again and goes on with the answer', async () => {
    const options = [
      { label: 'Memory', description: 'Lost at a restart.' },
      { label: 'Redis', description: 'Runs already.' },
    ];
    const question = { id: 'store', header: 'Store', question: 'Where is it to live?', options };
    const thread = await reloadWhileAsked([
      respond(functionCall('request_user_input', { questions: [question] }, 'c1')),
      respond(message('Redis it is.')),
    ]);
    const ended = waitFor(thread, ({ type }) => type === 'turn.completed');
    assert.ok(thread.answerQuestion(openQuestion(thread.state)!.id, { store: 'Redis' }));
    await ended;
    assert.match(agent.server.requests[1]!.outputOf('c1')!, /Redis/);
    assertStreamInvariants(stored());
    assert.deepEqual(agent.server.violations, []);
  });

  it('keeps what steers and what is queued, and says both in their places', async () => {
    agent = await startTestThreads({}, oneCommand);
    await askUntilAsked();
    agent.thread.steer({ text: 'Mind the umlauts', attachments: [] });
    agent.thread.queue({ text: 'Then the docs', attachments: [] });
    await agent.threads.dispose();
    const host = agent.anotherHost({ contextForNextTurn: (cwd) => sampleContext(cwd) });
    const thread = host.open(agent.thread.id);
    assert.deepEqual(
      thread.state.waiting.map(({ kind }) => kind),
      ['steer', 'queue'],
    );
    const ended = waitFor(thread, () => thread.state.turns[1]?.status === 'completed');
    thread.resolveApproval(thread.state.approvals[0]!.id, 'approve');
    await ended;
    assert.match(agent.server.requests[1]!.raw, /Mind the umlauts/);
    assert.doesNotMatch(agent.server.requests[1]!.raw, /Then the docs/);
    assert.match(agent.server.requests[2]!.raw, /Then the docs/);
    assert.deepEqual(thread.state.waiting, []);
    assertStreamInvariants(stored());
    assert.deepEqual(agent.server.violations, []);
  });

  it('counts what the turn had used before against its limits', async () => {
    const thread = await reloadWhileAsked(
      [
        respond(functionCall('exec_command', { cmd: 'pwd' }, 'c1')),
        respond(functionCall('exec_command', { cmd: 'echo ran > made' }, 'c2')),
        respond(functionCall('exec_command', { cmd: 'pwd' }, 'c3')),
      ],
      { limits: { commands: 2 } },
    );
    const ended = waitFor(thread, ({ type }) => type === 'turn.interrupted');
    thread.resolveApproval(thread.state.approvals[0]!.id, 'approve');
    await ended;
    assert.equal(thread.state.turns[0]?.interruptedBy, 'limit');
    assert.equal(made(), 'ran\n');
    assertStreamInvariants(stored());
  });

  it('ends the turn where nobody can be asked any more', async () => {
    await endWhileAsked(oneCommand);
    const host = agent.anotherHost({ approver: denyingApprover });
    const thread = host.open(agent.thread.id);
    assert.equal(thread.state.turns[0]?.interruptedBy, 'restart');
    assert.deepEqual(thread.state.approvals, []);
    assertStreamInvariants(stored());
  });

  it('still asks after a rename from outside, and after one more reload', async () => {
    await endWhileAsked(oneCommand);
    const { id } = agent.thread;
    agent.anotherHost().rename(id, 'Renamed');
    const second = agent.anotherHost();
    second.open(id);
    await second.dispose();
    const { state } = agent.anotherHost().open(id);
    assert.equal(state.approvals.length, 1);
    assert.equal(state.title, 'Renamed');
  });

  it('is asked where the thread is taken over, and nothing ended by that', async () => {
    agent = await startTestThreads({}, oneCommand);
    await askUntilAsked();
    const thread = agent.anotherHost().takeOver(agent.thread.id);
    const ended = waitFor(thread, ({ type }) => type === 'turn.completed');
    thread.resolveApproval(thread.state.approvals[0]!.id, 'approve');
    await ended;
    assert.equal(made(), 'ran\n');
    assert.ok(thread.state.turns[0]!.entries.every(({ type }) => type !== 'notice'));
    assertStreamInvariants(stored());
  });

  it('offers an approved plan again, as edited, where the turn that follows had not begun', async () => {
    agent = await startTestThreads({}, [
      respond(message('1. Add a cache.')),
      respond(message('Done.')),
      respond(message('Done.')),
    ]);
    await agent.ask('plan it', { mode: 'plan' });
    const plan = waitingPlan(agent.thread.state)!;
    const context = sampleContext(agent.workspace.path);
    const edited = { kind: 'approved', text: '1. Add a small cache.' } as const;
    await agent.thread.resolvePlan(plan.id, edited, context);
    await agent.threads.dispose();
    const lines = readFileSync(journalPath(), 'utf8').split('\n');
    const end = lines.findIndex((line) => line.includes('"plan.resolved"')) + 1;
    writeFileSync(journalPath(), lines.slice(0, end).join('\n') + '\n');

    const thread = agent.anotherHost().open(agent.thread.id);
    assert.equal(waitingPlan(thread.state)?.text, '1. Add a small cache.');
    await thread.resolvePlan(plan.id, edited, context);
    assert.equal(waitingPlan(thread.state), undefined);
    assert.match(agent.server.requests[2]!.raw, /Carry out this plan:\\n\\n1\. Add a small cache/);
    assertStreamInvariants(stored());
    assert.deepEqual(agent.server.violations, []);
  });
});

function waitFor(thread: Thread, is: (event: ThreadEvent) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const subscription = thread.onEvent((event) => {
      if (!is(event)) return;
      subscription.dispose();
      // After whoever emitted it is done with it.
      setImmediate(resolve);
    });
  });
}
