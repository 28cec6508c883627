import assert from 'node:assert/strict';
import type { ThreadEventBody } from '../../../../src/protocol/events';
import {
  emptyThreadState,
  foldEvent,
  type ThreadState,
} from '../../../../src/protocol/threadState';
import type { TurnContext } from '../../../../src/protocol/turnContext';
import { announce } from '../../../../webview-ui/src/views/Thread/announcements';

const turnId = 'turn';

function then(state: ThreadState, ...bodies: readonly ThreadEventBody[]): ThreadState {
  return bodies.reduce<ThreadState>((before, body) => {
    const seq = before.seq + 1;
    return foldEvent(before, { ...body, seq, at: seq * 1000, threadId: 't' });
  }, state);
}

function message(status: 'inProgress' | 'completed', text: string) {
  return { id: 'm', type: 'agentMessage', phase: 'commentary', status, text } as const;
}

const running = then(emptyThreadState('t'), {
  type: 'turn.started',
  turnId,
  input: { text: 'go', attachments: [] },
  context: {} as TurnContext,
});

describe('announce', () => {
  it('speaks a preamble when it is whole, not its tokens', () => {
    const begun = then(running, { type: 'item.started', turnId, item: message('inProgress', 'I') });
    const grown = then(begun, {
      type: 'item.delta',
      turnId,
      itemId: 'm',
      delta: { kind: 'text', text: ' look' },
    });
    const item = message('completed', 'I look.');
    const whole = then(grown, { type: 'item.completed', turnId, item });
    assert.deepEqual(announce(running, begun), []);
    assert.deepEqual(announce(begun, grown), []);
    assert.deepEqual(announce(grown, whole), ['I look.']);
  });

  it('says once that the network is waited for', () => {
    const error = { code: 'stream', message: 'x' } as const;
    const retry = { type: 'step.retried', turnId, attempt: 6, delayMs: 5000, error } as const;
    const quick = then(running, { ...retry, waitingFor: 'retry' });
    const offline = then(quick, { ...retry, waitingFor: 'network' });
    assert.deepEqual(announce(running, quick), []);
    assert.deepEqual(announce(quick, offline), ['Waiting for the network.']);
    assert.deepEqual(announce(offline, then(offline, { ...retry, waitingFor: 'network' })), []);
  });

  it('speaks a question once, and the end of the turn', () => {
    const asked = then(running, {
      type: 'approval.requested',
      turnId,
      approval: {
        ...{ id: 'a', itemId: 'i', cwd: '/w', reasons: [] },
        subject: { kind: 'command', command: 'npm install' },
      },
    });
    const usage = {
      inputTokens: 0,
      cachedInputTokens: 0,
      outputTokens: 0,
      reasoningOutputTokens: 0,
    };
    const ended = then(asked, { type: 'turn.completed', turnId, usage });
    assert.deepEqual(announce(running, asked), ['Approval needed: npm install']);
    assert.deepEqual(announce(asked, ended), ['Turn finished after 2.0 s.']);
  });

  it('speaks what the agent asks, and that a plan waits', () => {
    const item = { id: 'q', status: 'inProgress', type: 'question' } as const;
    const question = { id: 'a', header: '', question: 'Which one?', options: [] };
    const asked = then(running, {
      type: 'item.started',
      turnId,
      item: { ...item, questions: [question] },
    });
    assert.deepEqual(announce(running, asked), ['The agent asks: Which one?']);
    const plan = { id: 'p', status: 'completed', type: 'proposedPlan', text: '1. Do it' } as const;
    const proposed = then(running, { type: 'item.started', turnId, item: plan });
    const usage = {
      inputTokens: 0,
      cachedInputTokens: 0,
      outputTokens: 0,
      reasoningOutputTokens: 0,
    };
    const ended = then(proposed, { type: 'turn.completed', turnId, usage });
    assert.equal(announce(proposed, ended)[1], 'A plan waits for your decision.');
  });

  it('says nothing of the past of a thread that is opened', () => {
    assert.deepEqual(announce(null, running), []);
    assert.deepEqual(announce(emptyThreadState('other'), running), []);
  });
});
