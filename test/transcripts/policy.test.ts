import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { speak } from '../../src/base/language';
import type { Decision } from '../../src/protocol/approvals';
import { customCall, functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const touch = (name: string, callId: string) =>
  functionCall('exec_command', { cmd: `touch ${name}` }, callId);
const german = JSON.parse(readFileSync('l10n/bundle.l10n.de.json', 'utf8')) as Record<
  string,
  string
>;
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

  describe('that are refused', () => {
    beforeEach(() => speak('de', german));
    afterEach(() => speak('en', {}));

    const shown = () =>
      agent.thread.state.turns[0]!.entries.flatMap((entry) =>
        entry.type === 'commandExecution' || entry.type === 'fileChange' ? [entry] : [],
      );

    it('say why: to the person in their language, to the model in English', async () => {
      agent = await startTestThreads({}, [
        respond(touch('a', 'c1'), functionCall('exec_command', { cmd: 'mkfs /dev/sda' }, 'c2')),
        respond(message('Then I leave it.')),
      ]);
      answer('deny');
      await agent.ask('make a file', untrusted);
      const [denied, forbidden] = shown();
      assert.deepEqual([denied?.status, denied?.error], ['declined', 'Nicht erlaubt.']);
      assert.equal(forbidden?.status, 'declined');
      assert.equal(
        forbidden.error,
        'Er überschreibt einen Datenträger. So etwas wird nie ausgeführt.',
      );
      const told = agent.server.requests[1]!;
      assert.match(told.outputOf('c1')!, /the person denied this/);
      assert.equal(told.outputOf('c2'), 'Not run: It overwrites a disk. This is never run.');
      const decided = agent.events.findLast(({ type }) => type === 'decision.made');
      assert.ok(decided?.type === 'decision.made');
      assert.deepEqual(decided.decision.reasons, ['It overwrites a disk. This is never run.']);
    });

    it('say why a command could not start, and why an edit was not made', async () => {
      const patch = '*** Begin Patch\n*** Update File: x.txt\n@@\n-no\n+yes\n*** End Patch';
      agent = await startTestThreads({ 'x.txt': 'content\n' }, [
        respond(functionCall('exec_command', { cmd: 'ls', workdir: 'gone' }, 'c1')),
        respond(customCall('apply_patch', patch, 'c2')),
        respond(message('I cannot.')),
      ]);
      await agent.ask('look');
      const [command, edit] = shown();
      const folder = agent.workspace.at('gone');
      assert.equal(command?.status, 'failed');
      assert.equal(command.error, `Der Ordner ${folder} ist nicht vorhanden.`);
      assert.match(agent.server.requests[1]!.outputOf('c1')!, /The folder .* does not exist\./);
      assert.equal(edit?.status, 'failed');
      assert.equal(edit.error, 'x.txt enthält die Zeilen nicht, die geändert werden sollten.');
      assert.match(
        agent.server.requests[2]!.outputOf('c2')!,
        /apply_patch verification failed: chunk 1 of 1 in x\.txt does not match the file/,
      );
    });
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
