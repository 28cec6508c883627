import assert from 'node:assert/strict';
import { runningCompaction } from '../../src/protocol/threadState';
import { sampleContext } from '../support/sampleContext';
import {
  customCall,
  functionCall,
  hangAfter,
  httpError,
  message,
  respond,
  withUsage,
  type ScriptedRequest,
  type Step,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

/** More than 90% of what the default model can read. */
const full = { inputTokens: 250_000, cachedInputTokens: 240_000, outputTokens: 500 };
const overflow = httpError(400, {
  error: { message: 'Your input exceeds the context window.', code: 'context_length_exceeded' },
});
const summary = respond(message('## Task\nMake it **work**.'));
const addFile = (path: string) =>
  customCall('apply_patch', `*** Begin Patch\n*** Add File: ${path}\n+hello\n*** End Patch`);

describe('compaction', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const compactions = () =>
    agent.thread.state.turns.flatMap((turn) =>
      turn.entries.filter((entry) => entry.type === 'compaction'),
    );
  const notices = () =>
    agent.events.flatMap((event) => (event.type === 'notice.raised' ? [event.text] : []));
  const inputOf = (index: number) => agent.server.requests[index]!.body.input;
  const textOf = (index: number) => JSON.stringify(inputOf(index));
  const lastTurn = () => agent.thread.state.turns.at(-1)!;
  const start = async (...script: (Step | ((request: ScriptedRequest) => Step))[]) => {
    agent = await startTestThreads({ 'AGENTS.md': 'Be kind to the tests.' }, script);
  };
  const compact = () => agent.thread.compact(sampleContext(agent.workspace.path));

  it('summarises the history before a turn once it fills nine tenths of the context window', async () => {
    await start(
      withUsage(respond(message('Done so far.')), full),
      summary,
      respond(message('Going on.')),
    );
    await agent.ask('first task');
    await agent.ask('second task');
    const [item] = compactions();
    assert.equal(item?.status, 'completed');
    assert.equal(item.summary, '## Task\nMake it **work**.');
    assert.ok(item.tokensBefore > 250_000);
    assert.ok(item.tokensAfter! < 20_000);
    assert.equal(lastTurn().status, 'completed');
    assert.deepEqual(agent.server.violations, []);

    const asked = agent.server.requests[1]!;
    assert.deepEqual(asked.body.tools, [], 'the summary is written without tools');
    assert.deepEqual(inputOf(1).slice(0, -2).length, inputOf(0).length + 1);
    const next = textOf(2);
    assert.match(next, /Be kind to the tests/);
    assert.match(next, /<permissions>[^]*first task[^]*second task[^]*Make it \*\*work/);
    assert.doesNotMatch(next, /Done so far/);
  });

  it('streams the summary into its item', async () => {
    await start(withUsage(respond(message('Hi.')), full), summary, respond(message('Bye.')));
    await agent.ask('one');
    await agent.ask('two');
    const [item] = compactions();
    const deltas = agent.events.flatMap((event) =>
      event.type === 'item.delta' && event.itemId === item?.id && event.delta.kind === 'text'
        ? [event.delta.text]
        : [],
    );
    assert.ok(deltas.length > 1);
    assert.equal(deltas.join(''), item?.summary);
  });

  it('keeps each request a prefix of the next, but for the one after a compaction', async () => {
    await start(
      respond(functionCall('exec_command', { cmd: 'true' }, 'c1')),
      withUsage(respond(functionCall('exec_command', { cmd: 'true' }, 'c2')), full),
      summary,
      respond(functionCall('exec_command', { cmd: 'true' }, 'c3')),
      respond(message('Done.')),
    );
    await agent.ask('work');
    assert.equal(agent.server.requests.length, 5);
    const isPrefix = (index: number) =>
      textOf(index + 1).startsWith(textOf(index).replace(/]$/, ''));
    assert.deepEqual([0, 1, 2, 3].map(isPrefix), [true, true, false, true]);
    const instructions = new Set(agent.server.requests.map(({ body }) => body.instructions));
    assert.equal(instructions.size, 1);
  });

  it('summarises between two steps of a turn and carries plan and touched files over', async () => {
    const steps = [
      { step: 'Look', status: 'completed' },
      { step: 'Build', status: 'in_progress' },
    ];
    await start(
      respond(functionCall('update_plan', { plan: steps }, 'c1')),
      withUsage(respond(addFile('src/new.txt')), full),
      summary,
      respond(message('Done.')),
    );
    await agent.ask('build it');
    assert.equal(lastTurn().status, 'completed');
    assert.equal(agent.thread.state.turns.length, 1);
    const next = textOf(3);
    assert.match(next, /build it[^]*Make it[^]*<current_plan>/);
    assert.match(next, /\[completed\] Look[^]*\[in_progress\] Build/);
    assert.match(next, /<files_touched>\\n- src\/new\.txt \(the person has not reviewed it yet\)/);
    assert.deepEqual(
      inputOf(3).filter(({ call_id }) => call_id !== undefined),
      [],
      'no call and no output is left over',
    );
    assert.deepEqual(agent.server.violations, []);
  });

  it('summarises and asks again where the server finds the request too long', async () => {
    await start(respond(message('Hi.')), overflow, summary, respond(message('Fits now.')));
    await agent.ask('one');
    await agent.ask('two');
    assert.equal(lastTurn().status, 'completed');
    assert.equal(compactions()[0]?.status, 'completed');
    assert.match(textOf(3), /one[^]*two[^]*Make it/);
    assert.deepEqual(agent.server.violations, []);
  });

  it('fails the turn where even a summarised history is too long', async () => {
    await start(respond(message('Hi.')), overflow, summary, overflow);
    await agent.ask('one');
    await agent.ask('two');
    assert.equal(lastTurn().error?.code, 'contextOverflow');
    assert.equal(agent.server.requests.length, 4);
  });

  it('drops the oldest items where the history is too long to be summarised', async () => {
    await start(
      respond(functionCall('exec_command', { cmd: 'echo old' }, 'c1')),
      withUsage(respond(functionCall('exec_command', { cmd: 'echo new' }, 'c2')), full),
      overflow,
      overflow,
      summary,
      respond(message('Done.')),
    );
    await agent.ask('work');
    assert.equal(lastTurn().status, 'completed');
    assert.ok(inputOf(3).length < inputOf(2).length);
    assert.ok(inputOf(4).length < inputOf(3).length);
    assert.equal(compactions().length, 1);
    assert.equal(compactions()[0]?.summary, '## Task\nMake it **work**.');
    assert.deepEqual(agent.server.violations, [], 'a shortened history has no orphans');
  });

  it('gives up on a history that stays too long, keeps it and says so', async () => {
    await start(
      withUsage(respond(message('Hi.')), full),
      ...Array.from({ length: 5 }, () => overflow),
      respond(message('Still fits.')),
    );
    await agent.ask('one');
    await agent.ask('two');
    assert.equal(compactions()[0]?.status, 'failed');
    assert.match(notices().join(), /could not be summarised, so it stays as it is/);
    assert.equal(lastTurn().status, 'completed');
    assert.match(textOf(6), /"one"[^]*Hi\.[^]*"two"/);
  });

  it('keeps the history where the summary fails, and does not try again at every step', async () => {
    await start(
      withUsage(respond(functionCall('exec_command', { cmd: 'true' }, 'c1')), full),
      httpError(400, { error: { message: 'No.' } }),
      withUsage(respond(functionCall('exec_command', { cmd: 'true' }, 'c2')), full),
      withUsage(respond(message('Done.')), full),
    );
    await agent.ask('work');
    assert.equal(lastTurn().status, 'completed');
    assert.equal(compactions().length, 1);
    assert.equal(compactions()[0]?.status, 'failed');
    assert.match(notices().join(), /could not be summarised.*No\./);
    assert.ok(!agent.events.some((event) => event.type === 'history.compacted'));
  });

  it('stops at once while it summarises; the history stays and the next turn goes on with it', async () => {
    await start(
      withUsage(respond(functionCall('exec_command', { cmd: 'true' }, 'c1')), full),
      hangAfter(6),
      withUsage(respond(message('Again.')), { inputTokens: 100 }),
      respond(message('Back.')),
    );
    agent.thread.onEvent((event) => {
      if (event.type === 'item.delta') agent.thread.interrupt();
    });
    await agent.ask('work');
    assert.equal(lastTurn().status, 'interrupted');
    assert.equal(compactions()[0]?.status, 'interrupted');
    assert.deepEqual(notices(), []);
    await agent.ask('go on');
    assert.deepEqual(agent.server.violations, []);
  });

  it('loses nothing when the host is gone in the middle of it', async () => {
    await start(
      withUsage(respond(message('Known: 42.')), full),
      hangAfter(6),
      respond(message('A summary.')),
      respond(message('Back.')),
    );
    await agent.ask('one');
    const turn = agent.ask('two');
    await new Promise<void>((resolve) => {
      agent.thread.onEvent((event) => event.type === 'item.delta' && resolve());
    });
    await agent.threads.dispose();
    await turn;
    const thread = agent.anotherHost().open(agent.thread.id);
    assert.equal(runningCompaction(thread.state), undefined);
    await thread.startTurn({ text: 'three', attachments: [] }, lastTurn().context);
    assert.match(textOf(2), /"one"[^]*Known: 42\.[^]*"two"[^]*"three"/);
    assert.deepEqual(agent.server.violations, []);
  });

  it('goes on from the summary after a restart', async () => {
    await start(respond(message('Known: 42.')), summary, respond(message('Back.')));
    await agent.ask('one');
    await compact();
    await agent.threads.dispose();
    const thread = agent.anotherHost().open(agent.thread.id);
    assert.deepEqual(thread.state, agent.thread.state);
    await thread.startTurn({ text: 'two', attachments: [] }, lastTurn().context);
    assert.match(textOf(2), /"one"[^]*Make it[^]*"two"/);
    assert.doesNotMatch(textOf(2), /Known: 42/);
    assert.equal(textOf(2).match(/<permissions>/g)?.length, 1, 'the situation is said once');
  });

  it('summarises when the person asks, and lets the next message wait for it', async () => {
    await start(respond(message('Hi.')), summary, respond(message('Hello again.')));
    await assert.rejects(compact(), /nothing to summarise/);
    await agent.ask('one');
    const compacting = compact();
    assert.ok(runningCompaction(agent.thread.state));
    await assert.rejects(compact(), /turn is running/);
    await Promise.all([compacting, agent.ask('two')]);
    assert.equal(agent.thread.state.turns.length, 2);
    assert.equal(compactions()[0]?.status, 'completed');
    assert.match(textOf(2), /"one"[^]*Make it[^]*"two"/);
    assert.ok(agent.thread.state.turns[0]!.usage.inputTokens >= 200, 'its usage counts');
  });

  it('can be stopped when the person asked for it', async () => {
    await start(respond(message('Hi.')), hangAfter(6), respond(message('Back.')));
    await agent.ask('one');
    agent.thread.onEvent((event) => {
      if (event.type === 'item.delta') agent.thread.interrupt();
    });
    await compact();
    assert.equal(compactions()[0]?.status, 'interrupted');
    await agent.ask('two');
    assert.match(textOf(2), /Hi\./);
  });

  it('lets the person correct the latest summary, and only that', async () => {
    await start(
      respond(message('Hi.')),
      summary,
      respond(message('Later.')),
      respond(message('.')),
    );
    await agent.ask('one');
    await compact();
    await agent.ask('two');
    const [item] = compactions();
    assert.throws(() => agent.thread.editSummary('other', 'x'), /latest summary/);
    assert.throws(() => agent.thread.editSummary(item!.id, '  '), /empty/);
    agent.thread.editSummary(item!.id, 'Use tabs.');
    assert.equal(compactions()[0]?.summary, 'Use tabs.');
    await agent.ask('three');
    assert.match(textOf(3), /"one"[^]*Use tabs\.[^]*"two"[^]*Later\.[^]*"three"/);
    assert.doesNotMatch(textOf(3), /Make it/);
  });
});
