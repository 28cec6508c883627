import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/emitter';
import { RequestError } from '../../../src/extension/requestError';
import { ViewBridge, type ViewHandlers } from '../../../src/extension/viewBridge';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import { emptyThreadState, foldEvent, type ThreadState } from '../../../src/protocol/threadState';
import type { HostMessage, ViewSettings } from '../../../src/protocol/viewProtocol';

const settings = { folder: 'sample' } as ViewSettings;

/** A bridge over a thread that the test drives. */
function makeBridge(handlers: Partial<ViewHandlers> = {}) {
  const posted: HostMessage[] = [];
  const changed = new Emitter<void>();
  const events = new Emitter<ThreadEvent>();
  const settingsChanged = new Emitter<void>();
  const shown = {
    state: null as ThreadState | null,
    onDidChange: changed.event,
    onEvent: events.event,
    restore: async () => {},
  };
  let ready = 0;
  const bridge = new ViewBridge({
    post: (message) => posted.push(message),
    handlers: handlers as ViewHandlers,
    shown,
    settings: { current: async () => settings, onDidChange: settingsChanged.event },
    log: { info() {}, warn() {}, error() {} },
    onReady: () => ready++,
  });
  return {
    bridge,
    posted,
    settingsChanged,
    readyCount: () => ready,
    show(state: ThreadState | null) {
      shown.state = state;
      changed.fire();
    },
    emit(body: ThreadEventBody) {
      const before = shown.state ?? emptyThreadState('t');
      const event: ThreadEvent = { seq: before.seq + 1, at: 0, threadId: 't', ...body };
      shown.state = foldEvent(before, event);
      events.fire(event);
    },
    become: () => bridge.receive({ id: 1, name: 'view/ready', params: {} }),
    notifications: () =>
      posted.flatMap((message) => (message.kind === 'notification' ? [message.name] : [])),
    async until(condition: () => boolean) {
      while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

describe('ViewBridge', () => {
  it('answers a view that appears with the settings and the thread', async () => {
    const test = makeBridge();
    test.show(emptyThreadState('t'));
    await test.become();
    assert.deepEqual(test.posted, [
      { kind: 'answer', id: 1, result: { settings, thread: emptyThreadState('t') } },
    ]);
    assert.equal(test.readyCount(), 1);
    test.bridge.dispose();
  });

  it('sends nothing before the view asked, and then what came after its state', async () => {
    const test = makeBridge();
    test.show(emptyThreadState('t'));
    test.emit({ type: 'thread.renamed', title: 'before' });
    await test.become();
    test.emit({ type: 'thread.renamed', title: 'after' });
    await test.until(() => test.posted.length === 2);
    const [, batch] = test.posted;
    assert.ok(batch?.kind === 'notification' && batch.name === 'thread/events');
    assert.deepEqual([batch.params.afterSeq, batch.params.lastSeq], [1, 2]);
    assert.equal(batch.params.events.length, 1);
    test.bridge.dispose();
  });

  it('tells a hidden view nothing, and everything when it appears again', async () => {
    const test = makeBridge();
    test.show(emptyThreadState('t'));
    await test.become();
    test.emit({ type: 'thread.renamed', title: 'while it hides' });
    test.bridge.pause();
    test.emit({ type: 'thread.renamed', title: 'while hidden' });
    test.settingsChanged.fire();
    test.show(emptyThreadState('t'));
    test.emit({ type: 'thread.renamed', title: 'still hidden' });
    assert.deepEqual(test.notifications(), []);
    await test.become();
    const answer = test.posted.at(-1);
    assert.ok(answer?.kind === 'answer');
    assert.equal((answer.result as { thread: ThreadState }).thread.title, 'still hidden');
    test.bridge.dispose();
  });

  it('sends a snapshot when another thread is shown', async () => {
    const test = makeBridge();
    await test.become();
    test.show(emptyThreadState('other'));
    test.show(null);
    const snapshots = test.posted.slice(1).map((message) => {
      assert.ok(message.kind === 'notification' && message.name === 'thread/snapshot');
      return message.params.thread?.threadId ?? null;
    });
    assert.deepEqual(snapshots, ['other', null]);
    test.bridge.dispose();
  });

  it('tells of changed settings', async () => {
    const test = makeBridge();
    await test.become();
    test.settingsChanged.fire();
    await test.until(() => test.notifications().includes('settings/changed'));
    test.bridge.dispose();
  });

  it('answers a request with what its handler answers', async () => {
    const test = makeBridge({ 'thread/list': async () => [] });
    await test.bridge.receive({ id: 5, name: 'thread/list', params: {} });
    assert.deepEqual(test.posted, [{ kind: 'answer', id: 5, result: [] }]);
    test.bridge.dispose();
  });

  it('lets errors cross as a code and a sentence', async () => {
    const test = makeBridge({
      'turn/interrupt': async () => {
        throw new RequestError('busy', 'Something runs.');
      },
      'thread/start': async () => {
        const remedy = { title: 'Set API Key', request: 'key/set' } as const;
        throw new RequestError('failed', 'No key is known.', remedy);
      },
      'changes/open': async () => {
        throw new Error('disk on fire');
      },
    });
    await test.bridge.receive({ id: 1, name: 'turn/interrupt', params: {} });
    await test.bridge.receive({ id: 2, name: 'changes/open', params: {} });
    await test.bridge.receive({ id: 3, name: 'thread/open', params: { threadId: '' } });
    await test.bridge.receive({ id: 4, name: 'thread/start', params: {} });
    assert.deepEqual(
      test.posted.map((message) => message.kind === 'error' && message.error),
      [
        { code: 'busy', message: 'Something runs.' },
        { code: 'failed', message: 'disk on fire' },
        {
          code: 'invalid',
          message: 'The view sent a thread/open request that is not valid at threadId.',
        },
        {
          code: 'failed',
          message: 'No key is known.',
          remedy: { title: 'Set API Key', request: 'key/set' },
        },
      ],
    );
    test.bridge.dispose();
  });

  it('F01 counts a request that the view would not send, and tells it so', async () => {
    let answered = 0;
    const test = makeBridge({
      'approval/resolve': async () => {
        answered++;
        return null;
      },
    });
    const shown = 'x'.repeat(50_000_000);
    for (const params of [
      { approvalId: 'a', decision: 'approve' },
      { approvalId: 'a', decision: 'approve', shown: 7 },
      { approvalId: { toString: () => 'a' }, decision: 'approve', shown: '' },
      { approvalId: 'a', decision: 'approve', shown },
    ]) {
      await test.bridge.receive({ id: 1, name: 'approval/resolve', params });
    }
    assert.equal(test.bridge.ignored, 4);
    assert.equal(answered, 0);
    assert.equal(test.posted.filter(({ kind }) => kind === 'error').length, 4);
    const last = test.posted.at(-1);
    assert.ok(last?.kind === 'error');
    assert.match(last.error.message, /too large/);
    test.bridge.dispose();
  });

  it('ignores and counts what is no request', async () => {
    const test = makeBridge();
    await test.bridge.receive({ type: 'approve', id: 1 });
    await test.bridge.receive('approve');
    assert.equal(test.bridge.ignored, 2);
    assert.deepEqual(test.posted, []);
    test.bridge.dispose();
  });

  it('Q23 gives a view that took nothing for long the whole state, once, and goes on from there', async () => {
    const test = makeBridge();
    test.show(emptyThreadState('t'));
    await test.become();
    test.emit({ type: 'thread.renamed', title: 'first' });
    await test.until(() => test.posted.length === 2);
    for (let number = 0; number < 10_000; number++) {
      test.emit({ type: 'thread.renamed', title: `${number}` });
    }
    assert.equal(test.posted.length, 2);
    await test.bridge.receive({ id: 2, name: 'view/received', params: { receipt: 1 } });
    await test.until(() => test.posted.length === 4);
    const snapshot = test.posted.at(-1);
    assert.ok(snapshot?.kind === 'notification' && snapshot.name === 'thread/snapshot');
    assert.equal(snapshot.params.thread?.title, '9999');
    test.emit({ type: 'thread.renamed', title: 'last' });
    await test.until(() => test.posted.length === 5);
    const batch = test.posted.at(-1);
    assert.ok(batch?.kind === 'notification' && batch.name === 'thread/events');
    assert.equal(batch.params.afterSeq, snapshot.params.thread?.seq);
    test.bridge.dispose();
  });
});
