import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ThreadEvent } from '../../src/protocol/events';
import { runningTurn } from '../../src/protocol/threadState';
import { JournalError } from '../../src/ports/threadStore';
import { ThreadManager } from '../../src/threads/threadManager';
import type { Thread } from '../../src/threads/thread';
import { called, play, said, type ScriptedAnswer } from '../support/memoryModel';
import { createMemoryPorts, nextTick } from '../support/memoryPorts';
import { sampleContext } from '../support/sampleContext';
import {
  assertRequestsGrow,
  assertStoredEqualsLive,
  assertStreamInvariants,
} from '../support/threadInvariants';

/** What the person does when the live stream has said so many events. */
interface Act {
  readonly afterEvents: number;
  readonly kind: 'interrupt' | 'steer' | 'approve' | 'deny' | 'cancel';
}

interface Scenario {
  readonly answers: readonly ScriptedAnswer[];
  readonly acts: readonly Act[];
  readonly askFirst: boolean;
  readonly turns: number;
  /** Indexes of port calls that fail. */
  readonly faults: readonly number[];
}

const files = ['a.txt', 'b/c.txt'] as const;

const callId = fc.constantFrom('c1', 'c2', 'c3', 'c4', '');
const call = fc.oneof(
  fc
    .tuple(fc.constantFrom('ls', 'touch x', 'fail', 'hang', 'rm -rf b'), callId)
    .map(([cmd, id]) => called('exec_command', { cmd, yield_time_ms: 250 }, id)),
  fc
    .tuple(fc.constantFrom(...files), fc.string(), callId)
    .map(([path, text, id]) =>
      called(
        'apply_patch',
        { input: `*** Begin Patch\n*** Add File: ${path}\n+${text}\n*** End Patch` },
        id,
      ),
    ),
  fc
    .tuple(fc.constantFrom(1, 2, 9), fc.constantFrom('', 'x\n'), callId)
    .map(([session, chars, id]) =>
      called('write_stdin', { session_id: session, chars: chars || 'y' }, id),
    ),
  callId.map((id) => called('update_plan', { plan: [{ step: 'one', status: 'pending' }] }, id)),
  fc
    .tuple(fc.constantFrom('no_such_tool', 'exec_command', 'apply_patch'), fc.string(), callId)
    .map(([name, args, id]) => called(name, args, id)),
);
const item = fc.oneof(
  { weight: 3, arbitrary: call },
  { weight: 1, arbitrary: fc.string().map(said) },
);
const items = fc.array(item, { maxLength: 4 });
const answer: fc.Arbitrary<ScriptedAnswer> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('items' as const), items }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('error' as const), items, retryable: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hang' as const), items }) },
);
const act: fc.Arbitrary<Act> = fc.record({
  afterEvents: fc.nat({ max: 60 }),
  kind: fc.constantFrom('interrupt', 'steer', 'approve', 'deny', 'cancel'),
});
const scenario: fc.Arbitrary<Scenario> = fc.record({
  answers: fc.array(answer, { minLength: 1, maxLength: 8 }),
  acts: fc.array(act, { maxLength: 5 }),
  askFirst: fc.boolean(),
  turns: fc.integer({ min: 1, max: 3 }),
  faults: fc.oneof(fc.constant([]), fc.array(fc.nat({ max: 150 }), { maxLength: 4 })),
});

/** Plays a scenario to its end, with nothing left hanging. */
async function playScenario({ answers, acts, askFirst, turns, faults }: Scenario) {
  let calls = 0;
  const ports = createMemoryPorts({
    answer: (index) => play(answers[index] ?? { kind: 'items', items: [said('Done.')] }),
    onCall(name) {
      if (!faults.includes(calls++)) return;
      throw /^(journal|store)/.test(name)
        ? new JournalError('no space')
        : new Error(`fault: ${name}`);
    },
  });
  const host = new ThreadManager(ports);
  const thread = host.start('/w');
  const live: ThreadEvent[] = [];
  thread.onEvent((event) => {
    live.push(event);
    for (const { afterEvents, kind } of acts) {
      if (afterEvents === live.length) setImmediate(() => perform(thread, kind));
    }
    if (event.type === 'approval.requested') setImmediate(() => answerLater(thread));
  });
  const context = sampleContext('/w', askFirst ? { approvalPolicy: 'untrusted' } : {});
  for (let turn = 0; turn < turns; turn++) {
    const running = thread.startTurn({ text: `go ${turn}`, attachments: [] }, context);
    // A model that hangs is stopped by the person in the end.
    const patience = setInterval(() => thread.interrupt(), 30);
    await running.catch((error: unknown) => assert.ok(error instanceof JournalError));
    clearInterval(patience);
    await nextTick();
  }
  return { ports, thread, live };
}

function perform(thread: Thread, kind: Act['kind']): void {
  const [approval] = thread.state.approvals;
  if (kind === 'interrupt') thread.interrupt();
  if (kind === 'steer') {
    try {
      thread.steer({ text: 'be quick', attachments: [] });
    } catch {
      // Nothing ran any more.
    }
  }
  if (approval && (kind === 'approve' || kind === 'deny' || kind === 'cancel')) {
    thread.resolveApproval(approval.id, kind);
  }
}

/** Every question finds an answer, so that no scenario waits for ever. */
function answerLater(thread: Thread): void {
  const [approval] = thread.state.approvals;
  if (approval) thread.resolveApproval(approval.id, approval.id.length % 2 ? 'approve' : 'deny');
}

/** A turn that waited for the person goes on where it was: the person says no, and it comes to its end. */
async function answerOpenRequest(thread: Thread): Promise<void> {
  do {
    const [approval] = thread.state.approvals;
    if (approval) thread.resolveApproval(approval.id, 'deny');
    await nextTick();
  } while (runningTurn(thread.state));
}

describe('a thread, whatever the model says and whatever happens meanwhile', () => {
  it('keeps the rules of the stream, and a history that every server accepts', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { ports, thread, live } = await playScenario({ ...given, faults: [] });
        assertStreamInvariants(live);
        assertStoredEqualsLive(ports.stored.get(thread.id) ?? [], live);
        assertRequestsGrow(ports.requests);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps them also where ports fail', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { ports, live } = await playScenario(given);
        assertStreamInvariants(live);
        assertRequestsGrow(ports.requests);
      }),
      { numRuns: 200 },
    );
  });

  it('can be opened from every beginning of its journal, and goes on from there', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(scenario, fc.nat(), async (given, cutSeed) => {
        const { ports, thread } = await playScenario({ ...given, faults: [] });
        const stored = ports.stored.get(thread.id) ?? [];
        const cut = stored.slice(0, 1 + (cutSeed % stored.length));
        const answerDone = () => play({ kind: 'items', items: [said('Back.')] });
        const later = createMemoryPorts({ answer: answerDone });
        const events: ThreadEvent[] = [...cut];
        const journal = {
          append: (more: readonly ThreadEvent[]) => void events.push(...more),
          sync: async () => {},
          isHeld: () => true,
          close() {},
        };
        const reopened = new ThreadManager({
          ...later,
          store: { ...later.store, open: () => ({ journal, thread: { events: cut } }) },
        }).open(thread.id);
        await answerOpenRequest(reopened);
        await reopened.startTurn({ text: 'go on', attachments: [] }, sampleContext('/w'));
        assertStreamInvariants(events);
        assertRequestsGrow(later.requests);
        assert.equal(reopened.state.turns.at(-1)?.status, 'completed');
        assert.deepEqual(later.commands, [], 'nothing is run again');
      }),
      { numRuns: 150 },
    );
  });
});
