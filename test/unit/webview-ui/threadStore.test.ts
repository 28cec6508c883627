import assert from 'node:assert/strict';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import { emptyThreadState, type ThreadState } from '../../../src/protocol/threadState';
import type {
  HostMessage,
  HostNotifications,
  ViewMessage,
  ViewSettings,
} from '../../../src/protocol/viewProtocol';
import { createHostConnection, HostRequestError } from '../../../webview-ui/src/hostConnection';
import { createThreadStore, foldBatch } from '../../../webview-ui/src/threadStore';

type Batch = HostNotifications['thread/events'];

const settings = { folder: 'shop' } as ViewSettings;

function threadAt(seq: number): ThreadState {
  return { ...emptyThreadState('t'), seq };
}

function renamed(seq: number, title: string): ThreadEvent {
  return { seq, at: 0, threadId: 't', type: 'thread.renamed', title };
}

function batch(afterSeq: number, lastSeq: number, ...events: readonly ThreadEvent[]): Batch {
  return { threadId: 't', afterSeq, lastSeq, events };
}

describe('foldBatch', () => {
  it('folds a batch that follows what is known', () => {
    const folded = foldBatch(threadAt(4), batch(4, 5, renamed(5, 'new')));
    assert.deepEqual(folded, { ...threadAt(5), title: 'new' });
  });

  it('moves on past events that are left out of the batch', () => {
    const folded = foldBatch(threadAt(4), batch(4, 7, renamed(5, 'new')));
    assert.equal((folded as ThreadState).seq, 7);
  });

  it('takes deltas, which have no place of their own', () => {
    const delta: ThreadEventBody = {
      type: 'item.delta',
      turnId: 'turn',
      itemId: 'item',
      delta: { kind: 'text', text: 'x' },
    };
    const folded = foldBatch(threadAt(4), batch(4, 4, { ...delta, seq: 4, at: 0, threadId: 't' }));
    assert.equal((folded as ThreadState).seq, 4);
  });

  it('sees a gap where events are missing, and where the thread is another one', () => {
    assert.equal(foldBatch(threadAt(4), batch(6, 7, renamed(7, 'new'))), 'gap');
    assert.equal(foldBatch(threadAt(4), batch(3, 7, renamed(5, 'new'))), 'gap');
    assert.equal(foldBatch(null, batch(0, 1, renamed(1, 'new'))), 'gap');
    assert.equal(foldBatch({ ...threadAt(4), threadId: 'u' }, batch(4, 5)), 'gap');
  });

  it('passes over a batch that is already part of the state', () => {
    const thread = threadAt(9);
    assert.equal(foldBatch(thread, batch(4, 5, renamed(5, 'old'))), thread);
  });
});

describe('createThreadStore', () => {
  function open(thread: ThreadState | null) {
    const sent: ViewMessage[] = [];
    let hear: (message: HostMessage) => void = () => undefined;
    const connection = createHostConnection({
      post: (message) => sent.push(message),
      listen: (listener) => (hear = listener),
    });
    const store = createThreadStore(connection);
    const tell = (params: Batch) => hear({ kind: 'notification', name: 'thread/events', params });
    const answer = (next: ThreadState | null) => {
      const { id } = sent[sent.length - 1]!;
      hear({ kind: 'answer', id, result: { settings, thread: next } });
      return new Promise((resolve) => setImmediate(resolve));
    };
    const start = async () => {
      void store.refresh();
      await answer(thread);
    };
    return { sent, store, tell, answer, start, hear: (message: HostMessage) => hear(message) };
  }

  it('asks for everything again after a gap, once', async () => {
    const { sent, store, tell, answer, start } = open(threadAt(4));
    await start();
    tell(batch(6, 7, renamed(7, 'seven')));
    tell(batch(7, 8, renamed(8, 'eight')));
    assert.deepEqual(
      sent.map(({ name }) => name),
      ['view/ready', 'view/ready'],
    );
    await answer({ ...threadAt(8), title: 'eight' });
    assert.equal(store.get().thread?.title, 'eight');
    tell(batch(8, 9, renamed(9, 'nine')));
    assert.equal(store.get().thread?.title, 'nine');
    assert.equal(sent.length, 2);
  });

  it('tells the host which batches it took, also those that did not follow', async () => {
    const { sent, tell, start } = open(threadAt(4));
    await start();
    tell({ ...batch(4, 5, renamed(5, 'five')), receipt: 7 });
    tell({ ...batch(8, 9, renamed(9, 'nine')), receipt: 8 });
    const receipts = sent.flatMap(({ name, params }) =>
      name === 'view/received' ? [(params as { receipt: number }).receipt] : [],
    );
    assert.deepEqual(receipts, [7, 8]);
  });

  it('hands out the same state and calls nobody for a batch that is already known', async () => {
    const { store, tell, start } = open(threadAt(4));
    await start();
    const before = store.get();
    store.subscribe(() => assert.fail('nothing changed'));
    tell(batch(2, 3, renamed(3, 'old')));
    assert.equal(store.get(), before);
  });

  it('replaces the thread when another one is shown', async () => {
    const { store, start, hear } = open(threadAt(4));
    await start();
    hear({ kind: 'notification', name: 'thread/snapshot', params: { thread: null } });
    assert.equal(store.get().thread, null);
    assert.equal(store.get().settings, settings);
  });

  it('keeps what helps against an error beside its words, and not for the next one', () => {
    const { store } = open(null);
    const remedy = { title: 'Set API Key', request: 'key/set' } as const;
    const error = { code: 'failed', message: 'No key is known.', remedy } as const;
    store.reportError(new HostRequestError(error));
    assert.deepEqual(store.get().problem, { message: 'No key is known.', remedy });
    store.reportError(new Error('It broke.'));
    assert.deepEqual(store.get().problem, { message: 'It broke.' });
  });

  it('reports in words why the host did not answer', async () => {
    const { sent, store, hear } = open(null);
    const refreshed = store.refresh();
    const error = { code: 'failed', message: 'The journal is damaged.' } as const;
    hear({ kind: 'error', id: sent[0]!.id, error });
    await refreshed;
    assert.deepEqual(store.get().problem, { message: 'The journal is damaged.' });
  });
});
