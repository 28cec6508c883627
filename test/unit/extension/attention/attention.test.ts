import assert from 'node:assert/strict';
import { Attention, type News } from '../../../../src/extension/attention/attention';
import type { ThreadEvent, ThreadEventBody } from '../../../../src/protocol/events';
import {
  emptyThreadState,
  foldEvent,
  type ThreadState,
} from '../../../../src/protocol/threadState';
import { noUsage } from '../../../../src/protocol/usage';
import { sampleContext } from '../../../support/sampleContext';

const input = { text: 'Go.', attachments: [] };
const started = { type: 'turn.started', turnId: 't', input, context: sampleContext('/f') } as const;
const completed = { type: 'turn.completed', turnId: 't', usage: noUsage } as const;
const approval = {
  id: 'a',
  itemId: 'i',
  subject: { kind: 'command', command: 'ls' },
  cwd: '/f',
  reasons: [],
} as const;
const requested = { type: 'approval.requested', turnId: 't', approval } as const;
const answered = {
  type: 'approval.resolved',
  turnId: 't',
  approvalId: 'a',
  decision: 'approve',
  by: 'user',
} as const;

function desk(isSeen: (id: string) => boolean = () => false) {
  const attention = new Attention(isSeen);
  const news: News[] = [];
  attention.onNews((each) => news.push(each));
  const states = new Map<string, ThreadState>();
  const happen = (threadId: string, ...bodies: readonly ThreadEventBody[]) => {
    for (const body of bodies) {
      const before = states.get(threadId) ?? emptyThreadState(threadId);
      const event = { ...body, threadId, at: 0, seq: before.seq + 1 } as ThreadEvent;
      const state = foldEvent(before, event);
      states.set(threadId, state);
      attention.observe(state, event);
    }
  };
  return { attention, news, happen };
}

describe('Attention', () => {
  it('counts what waits until it is answered', () => {
    const { attention, news, happen } = desk();
    happen('one', started, requested);
    assert.deepEqual(attention.needs, [{ threadId: 'one', approvals: 1, questions: 0 }]);
    assert.deepEqual(
      news.map(({ kind }) => kind),
      ['approval'],
    );
    happen('one', answered);
    assert.deepEqual(attention.needs, []);
  });

  it('remembers a turn that ended unseen until the person sees the thread', () => {
    let seen = false;
    const { attention, happen } = desk(() => seen);
    happen('one', started, completed);
    assert.equal(attention.isUnread('one'), true);
    seen = true;
    attention.look();
    assert.equal(attention.isUnread('one'), false);
    assert.deepEqual(attention.needs, []);
  });

  it('does not mark what ended before the eyes of the person, and yet tells it', () => {
    const { attention, news, happen } = desk(() => true);
    happen('one', started, completed);
    assert.deepEqual(attention.needs, []);
    assert.deepEqual(
      news.map(({ kind }) => kind),
      ['completed'],
    );
  });

  it('names first what cannot go on without the person', () => {
    const { attention, happen } = desk();
    happen('one', started, completed);
    happen('two', started, requested);
    assert.deepEqual(
      attention.needs.map(({ threadId }) => threadId),
      ['two', 'one'],
    );
  });

  it('says nothing of a turn that the next one follows by itself, nor of one that the person stopped', () => {
    const { attention, news, happen } = desk();
    const queued = { id: 'q', kind: 'queue', input } as const;
    happen('one', started, { type: 'input.waiting', inputs: [queued] }, completed);
    happen('two', started, { type: 'turn.interrupted', turnId: 't', by: 'user' });
    assert.deepEqual([attention.needs, news], [[], []]);
  });

  it('forgets a thread that is deleted', () => {
    const { attention, happen } = desk();
    happen('one', started, completed);
    attention.forget('one');
    assert.deepEqual(attention.needs, []);
  });
});
