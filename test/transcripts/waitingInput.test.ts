import assert from 'node:assert/strict';
import type { ThreadEvent } from '../../src/protocol/events';
import type { UserInput } from '../../src/protocol/input';
import { sampleContext } from '../support/sampleContext';
import { functionCall, hangAfter, httpError, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const words = (text: string): UserInput => ({ text, attachments: [] });
const list = (callId: string) => functionCall('exec_command', { cmd: 'ls' }, callId);

describe('input while a turn runs', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  /** Does something once, at the first event that is like this. */
  function once(isIt: (event: ThreadEvent) => boolean, act: () => void): void {
    const listening = agent.thread.onEvent((event) => {
      if (!isIt(event)) return;
      listening.dispose();
      act();
    });
  }
  const commandStarted = (event: ThreadEvent) =>
    event.type === 'item.started' && event.item.type === 'commandExecution';
  const deltaCame = (event: ThreadEvent) => event.type === 'item.delta';
  const waiting = () =>
    agent.thread.state.waiting.map(({ kind, input }) => `${kind}: ${input.text}`);
  const said = () =>
    agent.thread.state.turns.map((turn) =>
      turn.entries.flatMap((entry) => (entry.type === 'userMessage' ? [entry.input.text] : [])),
    );
  const ask = (text: string) =>
    agent.thread.startTurn(words(text), sampleContext(agent.workspace.path), {
      contextForNextTurn: () => sampleContext(agent.workspace.path, { mode: 'ask' }),
    });

  it('opens the next turn with queued input, one message at a time, with the settings of then', async () => {
    agent = await startTestThreads({}, [
      respond(list('c1')),
      respond(message('First.')),
      respond(message('Second.')),
      respond(message('Third.')),
    ]);
    once(commandStarted, () => {
      agent.thread.queue(words('two'));
      agent.thread.queue(words('three'));
    });
    await ask('one');
    assert.deepEqual(said(), [['one'], ['two'], ['three']]);
    assert.deepEqual(
      agent.thread.state.turns.map(({ context }) => context.mode),
      ['agent', 'ask', 'ask'],
    );
    assert.deepEqual(waiting(), []);
    assert.deepEqual(agent.server.violations, []);
  });

  it('takes steering at the next step with its words as edited, and not what was removed', async () => {
    agent = await startTestThreads({}, [respond(list('c1')), respond(message('Done.'))]);
    once(commandStarted, () => {
      agent.thread.steer(words('be slow'));
      agent.thread.steer(words('never mind'));
      const [first, second] = agent.thread.state.waiting;
      assert.equal(agent.thread.editWaiting(first!.id, 'be quick'), true);
      assert.equal(agent.thread.removeWaiting(second!.id), true);
    });
    await ask('list');
    assert.deepEqual(said(), [['list', 'be quick']]);
    const [taken] = agent.events.flatMap((event) =>
      event.type === 'input.waiting' ? event.inputs : [],
    );
    assert.equal(agent.thread.editWaiting(taken!.id, 'too late'), false);
    assert.equal(agent.thread.removeWaiting(taken!.id), false);
  });

  it('opens the next turn with steering that came too late', async () => {
    agent = await startTestThreads({}, [respond(message('Done.')), respond(message('More.'))]);
    once(
      (event) => event.type === 'turn.completed',
      () => agent.thread.steer(words('and one more thing')),
    );
    await agent.ask('go');
    assert.deepEqual(said(), [['go'], ['and one more thing']]);
    assert.deepEqual(waiting(), []);
  });

  it('keeps everything unread as queued messages after an interrupt, and sends one when told to', async () => {
    agent = await startTestThreads({}, [
      hangAfter(6),
      respond(message('Here.')),
      respond(message('And here.')),
    ]);
    once(deltaCame, () => {
      agent.thread.steer(words('steered'));
      agent.thread.queue(words('queued'));
      agent.thread.interrupt();
    });
    await ask('talk');
    assert.deepEqual(waiting(), ['queue: steered', 'queue: queued']);
    assert.equal(agent.thread.state.turns.length, 1);
    const context = sampleContext(agent.workspace.path);
    const id = agent.thread.state.waiting[1]!.id;
    await agent.thread.sendWaiting(id, context);
    assert.deepEqual(said(), [['talk'], ['queued']]);
    assert.deepEqual(waiting(), ['queue: steered']);
    assert.equal(agent.thread.sendWaiting(id, context), undefined);
    assert.deepEqual(agent.server.violations, []);
  });

  it('keeps queued input where the turn failed', async () => {
    agent = await startTestThreads({}, [
      respond(list('c1')),
      httpError(400, { error: { message: 'No.' } }),
    ]);
    once(commandStarted, () => agent.thread.queue(words('next')));
    await ask('go');
    assert.equal(agent.thread.state.turns.at(-1)?.status, 'failed');
    assert.deepEqual(waiting(), ['queue: next']);
  });

  it('finds waiting input again after a reload, and starts nothing by itself', async () => {
    agent = await startTestThreads({}, [hangAfter(6)]);
    const talking = new Promise<void>((resolve) => once(deltaCame, resolve));
    const turn = ask('talk');
    await talking;
    agent.thread.steer(words('steered'));
    agent.thread.queue(words('queued'));
    await agent.threads.dispose();
    await turn;
    const { state } = agent.anotherHost().open(agent.thread.id);
    assert.deepEqual(
      state.waiting.map(({ kind, input }) => `${kind}: ${input.text}`),
      ['queue: steered', 'queue: queued'],
    );
    assert.equal(state.turns.length, 1);
  });
});
