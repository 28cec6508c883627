import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Decision } from '../../src/protocol/approvals';
import { functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const touch = (name: string, callId: string) =>
  functionCall('exec_command', { cmd: `touch ${name}` }, callId);
const untrusted = { approvalPolicy: 'untrusted', sandboxMode: 'workspace-write' } as const;

describe('approvals', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  /** Answers the questions of a thread one after the other. */
  function answer(...decisions: Decision[]): void {
    agent.thread.onEvent((event) => {
      if (event.type !== 'approval.requested') return;
      const decision = decisions.shift();
      assert.ok(decision, 'an unexpected question');
      setImmediate(() => agent.thread.resolveApproval(event.approval.id, decision));
    });
  }

  it('tells the model of a denial and goes on', async () => {
    agent = await startTestThreads({}, [
      respond(touch('made', 'c1')),
      respond(message('Then I leave it.')),
    ]);
    answer('deny');
    await agent.ask('make a file', untrusted);
    assert.match(agent.server.requests[1]!.outputOf('c1')!, /the person denied this/);
    assert.equal(existsSync(agent.workspace.at('made')), false);
    const statuses = agent.thread.state.turns[0]!.entries.flatMap((e) =>
      'status' in e ? [e.status] : [],
    );
    assert.deepEqual(statuses, ['completed', 'declined', 'completed']);
  });

  it('asks once where the person approved for the thread', async () => {
    agent = await startTestThreads({}, [
      respond(touch('a', 'c1'), touch('a', 'c2')),
      respond(touch('b', 'c3')),
      respond(message('Done.')),
    ]);
    answer('approveForThread', 'approve');
    await agent.ask('make files', untrusted);
    assert.ok(existsSync(agent.workspace.at('a')) && existsSync(agent.workspace.at('b')));
  });

  it('stops the turn where the person cancels, and answers every call', async () => {
    agent = await startTestThreads({}, [
      respond(touch('a', 'c1'), touch('b', 'c2')),
      respond(message('Hello again.')),
    ]);
    answer('cancel');
    await agent.ask('make files', untrusted);
    assert.equal(agent.thread.state.turns[0]!.status, 'interrupted');
    await agent.ask('hello');
    assert.deepEqual(agent.server.violations, []);
    assert.equal(existsSync(agent.workspace.at('a')), false);
  });

  it('refuses effects in ask mode and lets reading go on', async () => {
    agent = await startTestThreads({ 'x.txt': 'content' }, [
      respond(touch('a', 'c1'), functionCall('exec_command', { cmd: 'cat x.txt' }, 'c2')),
      respond(message('It says content.')),
    ]);
    await agent.ask('what is in x?', { mode: 'ask' });
    assert.match(agent.server.requests[1]!.outputOf('c1')!, /Mode ask only reads/);
    assert.match(agent.server.requests[1]!.outputOf('c2')!, /content/);
    assert.equal(existsSync(agent.workspace.at('a')), false);
  });
});
