import assert from 'node:assert/strict';
import type { ThreadEvent } from '../../../src/protocol/events';
import { JournalError } from '../../../src/ports/threadStore';
import type { Thread } from '../../../src/threads/thread';
import { ThreadManager } from '../../../src/threads/threadManager';
import { called, play, said, type ScriptedAnswer } from '../../support/memoryModel';
import { createMemoryPorts, nextTick, type MemoryPorts } from '../../support/memoryPorts';
import { sampleContext } from '../../support/sampleContext';
import {
  assertRequestsGrow,
  assertStoredEqualsLive,
  assertStreamInvariants,
} from '../../support/threadInvariants';

const patch = '*** Begin Patch\n*** Add File: a.txt\n+one\n*** End Patch';

const job: readonly ScriptedAnswer[] = [
  {
    kind: 'items',
    items: [
      said('I look first.'),
      called('exec_command', { cmd: 'ls' }, 'c1'),
      called('exec_command', { cmd: 'touch b' }, 'c2'),
    ],
  },
  { kind: 'items', items: [called('apply_patch', { input: patch }, 'c3')] },
  {
    kind: 'items',
    items: [
      called('update_plan', { plan: [{ step: 'one', status: 'completed' }] }, 'c4'),
      called('exec_command', { cmd: 'hang', yield_time_ms: 250 }, 'c5'),
    ],
  },
  { kind: 'items', items: [called('write_stdin', { session_id: 3, chars: 'x' }, 'c6')] },
  { kind: 'items', items: [said('Done.')] },
];

interface Run {
  readonly ports: MemoryPorts;
  readonly thread: Thread;
  readonly live: ThreadEvent[];
  readonly calls: string[];
  /** What `startTurn` threw, where it threw. */
  error: unknown;
}

/** Runs the job; the calls that `isFaulty` names throw. */
async function runJob(isFaulty: (index: number, call: string) => boolean): Promise<Run> {
  const calls: string[] = [];
  const ports = createMemoryPorts({
    answer: (index) => play(job[index] ?? { kind: 'items', items: [said('Again.')] }),
    onCall(call) {
      calls.push(call);
      if (!isFaulty(calls.length - 1, call)) return;
      throw call.startsWith('journal') || call.startsWith('store')
        ? new JournalError('The thread could not be stored: no space is left.')
        : new Error(`fault in ${call}`);
    },
  });
  const thread = new ThreadManager(ports).start('/w');
  const live: ThreadEvent[] = [];
  thread.onEvent((event) => live.push(event));
  const run: Run = { ports, thread, live, calls, error: undefined };
  await ask(run);
  return run;
}

async function ask(run: Run): Promise<void> {
  const context = sampleContext('/w');
  await run.thread.startTurn({ text: 'go', attachments: [] }, context).catch((error: unknown) => {
    run.error = error;
  });
  await nextTick();
}

describe('a turn whose ports fail', () => {
  const rejections: unknown[] = [];
  const note = (error: unknown) => rejections.push(error);
  let others: NodeJS.UnhandledRejectionListener[] = [];
  before(() => {
    others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', note);
  });
  after(() => {
    process.removeListener('unhandledRejection', note);
    others.forEach((listener) => process.on('unhandledRejection', listener));
  });

  it('runs the whole job when nothing fails', async () => {
    const run = await runJob(() => false);
    assert.equal(run.thread.state.turns[0]?.status, 'completed');
    assert.ok(new Set(run.calls).size >= 12, [...new Set(run.calls)].join());
    assertStreamInvariants(run.live);
    assertRequestsGrow(run.ports.requests);
  });

  it('ends in exactly one way whichever single call fails, and goes on afterwards', async () => {
    const whole = (await runJob(() => false)).calls.length;
    for (let failing = 0; failing < whole; failing++) {
      const run = await runJob((index) => index === failing);
      const where = `call ${failing}: ${run.calls[failing]}`;
      try {
        assertStreamInvariants(run.live);
        run.error = undefined;
        await ask(run);
        assert.equal(run.error, undefined);
        assertStreamInvariants(run.live);
        assert.equal(run.thread.state.turns.at(-1)?.status, 'completed');
        assertStoredEqualsLive(run.ports.stored.get(run.thread.id) ?? [], run.live);
        assertRequestsGrow(run.ports.requests);
      } catch (error) {
        throw new Error(where, { cause: error });
      }
      assert.deepEqual(rejections, [], where);
    }
  });

  it('ends in exactly one way when a call and everything after it fails', async () => {
    const whole = (await runJob(() => false)).calls.length;
    for (let first = 0; first < whole; first++) {
      const run = await runJob((index) => index >= first);
      try {
        assertStreamInvariants(run.live);
      } catch (error) {
        throw new Error(`from call ${first}: ${run.calls[first]}`, { cause: error });
      }
      assert.deepEqual(rejections, []);
    }
  });

  it('tells the end of a turn that cannot be stored, and stores it when there is room again', async () => {
    let full = true;
    let hasBegun = false;
    const run = await runJob((_index, call) => {
      hasBegun ||= call === 'terminals.open';
      return full && hasBegun && call === 'journal.append';
    });
    const [turn] = run.thread.state.turns;
    assert.deepEqual([turn?.status, turn?.error?.code], ['failed', 'journal']);
    assert.match(turn?.error?.message ?? '', /no space is left/);
    const stored = () => run.ports.stored.get(run.thread.id) ?? [];
    assert.ok(stored().every(({ type }) => type !== 'turn.failed'));
    full = false;
    await ask(run);
    assert.equal(run.thread.state.turns.at(-1)?.status, 'completed');
    assertStoredEqualsLive(stored(), run.live);
  });

  it('starts nothing irreversible while the journal cannot be made safe on the disk', async () => {
    let broken = true;
    const run = await runJob((_index, call) => broken && call === 'journal.sync');
    const [turn] = run.thread.state.turns;
    assert.deepEqual([turn?.status, turn?.error?.code], ['failed', 'journal']);
    assert.deepEqual(run.ports.commands, ['ls'], 'only what reads has run');
    broken = false;
    await ask(run);
    assert.equal(run.thread.state.turns.at(-1)?.status, 'completed');
    assertRequestsGrow(run.ports.requests);
  });

  it('says so when the end of a turn cannot be made safe', async () => {
    const whole = (await runJob(() => false)).calls;
    const last = whole.lastIndexOf('journal.sync');
    const run = await runJob((index) => index === last);
    const [turn] = run.thread.state.turns;
    assert.equal(turn?.status, 'completed');
    assert.equal(turn.entries.at(-1)?.type, 'notice');
  });

  it('has every decided effect on the disk before it begins', async () => {
    const { calls } = await runJob(() => false);
    const effects = calls.flatMap((call, index) =>
      call === 'files.apply' || call === 'terminal.write' ? [index] : [],
    );
    for (const effect of effects) {
      const sync = calls.lastIndexOf('journal.sync', effect);
      const between = calls.slice(sync, effect);
      assert.ok(sync >= 0 && !between.includes('journal.append'), between.join());
    }
  });

  it('lets no failing listener disturb the turn', async () => {
    const ports = createMemoryPorts({ answer: (index) => play(job[index]!) });
    const thread = new ThreadManager(ports).start('/w');
    thread.onEvent(() => {
      throw new Error('a view that broke');
    });
    await thread.startTurn({ text: 'go', attachments: [] }, sampleContext('/w'));
    assert.equal(thread.state.turns[0]?.status, 'completed');
  });
});
