import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { TurnContext } from '../../src/protocol/turnContext';
import type { TurnLimits } from '../../src/protocol/usage';
import {
  functionCall,
  hang,
  message,
  respond,
  withUsage,
  type ScriptedRequest,
  type Step,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const run = (cmd: string, id: string) => functionCall('exec_command', { cmd }, id);

/** Answers with a step until the person says to go on, however far a turn got by then. */
function untilGoOn(step: Step): ((request: ScriptedRequest) => Step)[] {
  const answer = ({ raw }: ScriptedRequest) =>
    raw.includes('"text":"go on"') ? respond(message('Back.')) : step;
  return [answer, answer];
}

describe('limits of a turn', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const lastTurn = () => agent.thread.state.turns.at(-1)!;
  const notices = () =>
    lastTurn().entries.flatMap((entry) => (entry.type === 'notice' ? [entry.text] : []));
  const ask = async (limits: TurnLimits, ...script: (Step | ((r: ScriptedRequest) => Step))[]) => {
    agent = await startTestThreads({}, script);
    await agent.ask('work', { limits });
  };
  /** The turn ended by a limit, said which, and left a history that the server takes. */
  const assertEndedBy = async (words: RegExp) => {
    assert.equal(lastTurn().status, 'interrupted');
    assert.equal(lastTurn().interruptedBy, 'limit');
    assert.match(notices().join(), words);
    await agent.ask('go on');
    assert.deepEqual(agent.server.violations, []);
    assert.equal(lastTurn().status, 'completed');
    assert.match(JSON.stringify(agent.server.requests.at(-1)!.body.input), /reached a limit/);
  };

  it('ends it at its tokens, before what the model asked for next runs', async () => {
    await ask(
      { tokens: 1000 },
      respond(run('echo one >> ran', 'c1')),
      withUsage(respond(run('echo two >> ran', 'c2'), run('echo three >> ran', 'c3')), {
        inputTokens: 900,
      }),
      respond(message('Back.')),
    );
    assert.equal(readFileSync(agent.workspace.at('ran'), 'utf8'), 'one\n');
    await assertEndedBy(/limit of 1,000 tokens/);
    assert.match(agent.server.requests[2]!.outputOf('c2')!, /Not run: the turn reached a limit/);
  });

  it('ends it at its estimated cost', async () => {
    await ask(
      { cost: 0.01 },
      withUsage(respond(run('true', 'c1')), { inputTokens: 5000 }),
      respond(message('Back.')),
    );
    assert.ok(lastTurn().cost! > 0.01);
    await assertEndedBy(/limit of \$0\.01 \(estimated\)/);
  });

  it('lets it run as many commands as allowed, and answers the one too many', async () => {
    await ask(
      { commands: 2 },
      respond(run('echo one >> ran', 'c1')),
      respond(run('echo two >> ran', 'c2'), run('echo three >> ran', 'c3')),
      respond(message('Back.')),
    );
    assert.equal(readFileSync(agent.workspace.at('ran'), 'utf8'), 'one\ntwo\n');
    await assertEndedBy(/limit of 2 commands/);
    assert.match(agent.server.requests[2]!.outputOf('c3')!, /Not run/);
  });

  it('does not end it where the model is done with the last command allowed', async () => {
    await ask({ commands: 1 }, respond(run('true', 'c1')), respond(message('Done.')));
    assert.equal(lastTurn().status, 'completed');
  });

  it('does not end it where the answer that passes the limit is the last one', async () => {
    await ask({ tokens: 100 }, respond(message('Done.')));
    assert.equal(lastTurn().status, 'completed');
    assert.deepEqual(notices(), []);
  });

  it('ends it when its time is up, also while a command runs', async () => {
    await ask({ minutes: 0.05 }, ...untilGoOn(respond(run('echo begun; sleep 60', 'c1'))));
    await assertEndedBy(/limit of 0\.05 minutes/);
    assert.match(agent.server.requests[1]!.outputOf('c1')!, /begun/);
  });

  it('ends it when its time is up, also while the model is silent', async () => {
    await ask({ minutes: 0.005 }, ...untilGoOn(hang()));
    await assertEndedBy(/limit of 0\.005 minutes/);
  });

  it('ends it when its time is up, also while it waits for an approval', async () => {
    agent = await startTestThreads({}, untilGoOn(respond(run('touch made', 'c1'))));
    const waiting: Partial<TurnContext> = {
      approvalPolicy: 'untrusted',
      sandboxMode: 'workspace-write',
      limits: { minutes: 0.01 },
    };
    await agent.ask('work', waiting);
    assert.deepEqual(agent.thread.state.approvals, []);
    await assertEndedBy(/limit of 0\.01 minutes/);
  });

  it('counts what a summary of the history uses', async () => {
    await ask(
      { tokens: 260_000 },
      withUsage(respond(run('true', 'c1')), { inputTokens: 250_000 }),
      withUsage(respond(message('Summary.')), { inputTokens: 20_000 }),
      respond(message('Done.')),
    );
    assert.equal(lastTurn().usage.inputTokens, 270_100);
    assert.equal(lastTurn().status, 'completed');
  });
});
