import assert from 'node:assert/strict';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import { emptyThreadState, foldEvent, runningTurn } from '../../../src/protocol/threadState';
import { sampleContext } from '../../support/sampleContext';

function fold(...bodies: ThreadEventBody[]) {
  return bodies.reduce((state, body) => {
    const seq = body.type === 'item.delta' ? state.seq : state.seq + 1;
    return foldEvent(state, { seq, at: seq * 1000, threadId: 'T', ...body });
  }, emptyThreadState('T'));
}

const started: ThreadEventBody = {
  type: 'turn.started',
  turnId: 'turn',
  input: { text: 'hi', attachments: [] },
  context: sampleContext('/w'),
};
const message = {
  type: 'agentMessage',
  id: 'm',
  status: 'inProgress',
  phase: 'final',
  text: '',
} as const;
const delta = (text: string): ThreadEventBody => ({
  type: 'item.delta',
  turnId: 'turn',
  itemId: 'm',
  delta: { kind: 'text', text },
});

describe('foldEvent', () => {
  it('builds a turn from its events', () => {
    const usage = {
      inputTokens: 10,
      cachedInputTokens: 4,
      outputTokens: 2,
      reasoningOutputTokens: 1,
    };
    const state = fold(
      { type: 'thread.started', cwd: '/w' },
      { type: 'thread.renamed', title: 'Title' },
      started,
      { type: 'item.started', turnId: 'turn', item: message },
      delta('Hel'),
      delta('lo'),
      { type: 'step.completed', turnId: 'turn', responseId: 'r', usage },
      { type: 'turn.completed', turnId: 'turn', usage },
    );
    assert.equal(state.title, 'Title');
    assert.equal(state.seq, 6);
    const turn = state.turns[0]!;
    assert.equal(turn.status, 'completed');
    assert.equal(turn.endedAt! - turn.startedAt, 3000);
    assert.deepEqual(turn.usage, usage);
    assert.deepEqual(turn.entries, [{ ...message, text: 'Hello' }]);
    assert.equal(state.contextTokens, 12);
  });

  it('knows when an item began for as long as it is in progress', () => {
    const other = { ...message, id: 'n' } as const;
    const begun = fold(
      started,
      { type: 'item.started', turnId: 'turn', item: message },
      { type: 'item.started', turnId: 'turn', item: other },
      { type: 'item.started', turnId: 'turn', item: { ...message, id: 'o', status: 'completed' } },
    );
    assert.deepEqual(begun.turns[0]!.itemsStartedAt, { m: 2000, n: 3000 });
    const ends = [message, other].map((item, index) => ({
      ...{ seq: 5 + index, at: 9000, threadId: 'T', type: 'item.completed', turnId: 'turn' },
      item: { ...item, status: 'completed' },
    })) as ThreadEvent[];
    const [one, none] = [ends.slice(0, 1), ends].map((some) => some.reduce(foldEvent, begun));
    assert.deepEqual(one!.turns[0]!.itemsStartedAt, { n: 3000 });
    assert.ok(!('itemsStartedAt' in none!.turns[0]!));
  });

  it('takes the completed item for the truth, whatever the deltas said', () => {
    const whole = { ...message, status: 'completed', text: 'Hello' } as const;
    const missed = fold(
      started,
      { type: 'item.started', turnId: 'turn', item: message },
      {
        type: 'item.completed',
        turnId: 'turn',
        item: whole,
      },
    );
    assert.deepEqual(missed.turns[0]!.entries, [whole]);
  });

  it('begins a text anew after a reset', () => {
    const state = fold(
      started,
      { type: 'item.started', turnId: 'turn', item: message },
      delta('half an ans'),
      { type: 'item.delta', turnId: 'turn', itemId: 'm', delta: { kind: 'reset' } },
      delta('whole'),
    );
    assert.deepEqual(state.turns[0]!.entries, [{ ...message, text: 'whole' }]);
  });

  it('shows a retry until the next step starts', () => {
    const error = { code: 'stream', message: 'gone' } as const;
    const retried: ThreadEventBody = {
      type: 'step.retried',
      turnId: 'turn',
      attempt: 1,
      waitingFor: 'retry',
      delayMs: 5,
      error,
    };
    assert.deepEqual(runningTurn(fold(started, retried))?.retry, {
      attempt: 1,
      waitingFor: 'retry',
      delayMs: 5,
      retriedAt: 2005,
      error,
    });
    const ended = fold(started, retried, { type: 'turn.failed', turnId: 'turn', error });
    assert.equal(ended.turns[0]!.retry, undefined);
    assert.deepEqual(ended.turns[0]!.error, error);
  });

  it('keeps the identity of what an event does not touch', () => {
    const before = fold(started, { type: 'item.started', turnId: 'turn', item: message });
    const after = foldEvent(before, {
      seq: 3,
      at: 0,
      threadId: 'T',
      type: 'plan.updated',
      turnId: 'turn',
      plan: { steps: [] },
    });
    assert.equal(after.turns, before.turns);
    assert.equal(after.changes, before.changes);
  });

  it('keeps questions until they are answered', () => {
    const approval = {
      id: 'a',
      itemId: 'm',
      cwd: '/w',
      subject: { kind: 'command', command: 'x' },
      reasons: [],
    } as const;
    const asked = fold(started, { type: 'approval.requested', turnId: 'turn', approval });
    assert.deepEqual(asked.approvals, [approval]);
    const answered = fold(
      started,
      { type: 'approval.requested', turnId: 'turn', approval },
      { type: 'approval.resolved', turnId: 'turn', approvalId: 'a', decision: 'deny', by: 'user' },
    );
    assert.deepEqual(answered.approvals, []);
  });

  it('passes over an event of a newer version', () => {
    const event = { seq: 1, at: 0, threadId: 'T', type: 'something.new' } as unknown as ThreadEvent;
    assert.equal(foldEvent(emptyThreadState('T'), event).seq, 1);
  });
});
