import assert from 'node:assert/strict';
import { emptyChangeSet } from '../../../src/protocol/changes';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import { emptyThreadState, foldEvent } from '../../../src/protocol/threadState';
import { noUsage } from '../../../src/protocol/usage';
import { forkEvents } from '../../../src/threads/forkEvents';
import { sampleContext } from '../../support/sampleContext';

const words = (text: string) => ({ text, attachments: [] });
const turn = (turnId: string, ...inside: ThreadEventBody[]): ThreadEventBody[] => [
  { type: 'turn.started', turnId, input: words(turnId), context: sampleContext('/work') },
  ...inside,
  { type: 'turn.completed', turnId, usage: noUsage },
];

const source: readonly ThreadEvent[] = [
  { type: 'thread.started', cwd: '/work' } as const,
  { type: 'thread.renamed', title: 'Old' } as const,
  ...turn('one', {
    type: 'plan.updated',
    turnId: 'one',
    plan: { steps: [{ step: 'Look', status: 'completed' }] },
  }),
  { type: 'thread.renamed', title: 'New' } as const,
  { type: 'changes.updated', changeSet: { ...emptyChangeSet, notes: ['pending'] } } as const,
  { type: 'thread.archived', archived: true } as const,
  ...turn('two', { type: 'input.waiting', inputs: [] }),
  ...turn('three'),
].map((body, index) => ({ seq: index + 1, at: index, threadId: 'source', ...body }));

const heard: readonly ThreadEvent[] = source.slice(0, 1);
const fork = (turnId?: string, from = source) =>
  forkEvents(from, turnId, { threadId: 'fork', at: 99 });

describe('forkEvents', () => {
  it('keeps the turns before, the plan and the last title, in one unbroken order', () => {
    const { events, input } = fork('three')!;
    const state = events.reduce(foldEvent, emptyThreadState('fork'));
    assert.deepEqual(input, words('three'));
    assert.deepEqual(
      state.turns.map(({ id }) => id),
      ['one', 'two'],
    );
    assert.equal(state.title, 'New');
    assert.notEqual(state.plan, null);
    assert.deepEqual(
      events.map(({ seq }) => seq),
      events.map((_event, index) => index + 1),
    );
    assert.ok(events.every(({ threadId }) => threadId === 'fork'));
  });

  it('copies the whole without a turn, but for one that still runs', () => {
    const whole = fork()!;
    const turnsOf = ({ events }: { readonly events: readonly ThreadEvent[] }) =>
      events.reduce(foldEvent, emptyThreadState('fork')).turns.map(({ id }) => id);
    assert.deepEqual(turnsOf(whole), ['one', 'two', 'three']);
    assert.equal(whole.input, null);
    assert.deepEqual(whole.events[0]?.type === 'thread.started' && whole.events[0].forkedFrom, {
      threadId: 'source',
    });
    const running = source.slice(0, -1);
    assert.deepEqual(turnsOf(fork(undefined, running)!), ['one', 'two']);
    const onlyRunning = source.slice(0, 3);
    assert.equal(fork(undefined, onlyRunning), undefined);
    assert.equal(fork(undefined, heard), undefined);
  });

  it('leaves pending changes, waiting input and the archive behind, and says so', () => {
    const { events } = fork('three')!;
    const state = events.reduce(foldEvent, emptyThreadState('fork'));
    assert.deepEqual(state.changes, emptyChangeSet);
    assert.equal(state.archived, false);
    assert.ok(events.every(({ type }) => type !== 'input.waiting'));
    assert.match(
      JSON.stringify(state.turns.at(-1)?.entries.at(-1)),
      /stay with the thread it came from/,
    );
  });

  it('goes on knowing what came in from outside', () => {
    const source = { kind: 'host', name: 'evil.example' } as const;
    const event = { type: 'outside.entered', turnId: 'one', itemId: 'i', source } as const;
    const entered = [...turn('one', event), ...turn('two')].map((body, index): ThreadEvent => ({
      seq: index + 2,
      at: index,
      threadId: 'source',
      ...body,
    }));
    const { events } = forkEvents([...heard, ...entered], 'two', { threadId: 'fork', at: 99 })!;
    const state = events.reduce(foldEvent, emptyThreadState('fork'));
    assert.deepEqual(state.outside, [{ itemId: 'i', source }]);
  });

  it('begins empty from the first turn, and not at all from an unknown one', () => {
    assert.deepEqual(
      fork('one')!.events.map(({ type }) => type),
      ['thread.started'],
    );
    assert.equal(fork('none'), undefined);
  });
});
