import assert from 'node:assert/strict';
import { EventBatcher } from '../../../../src/extension/views/eventBatcher';
import type { ItemDelta, ThreadEvent, ThreadEventBody } from '../../../../src/protocol/events';
import type { HostNotifications } from '../../../../src/protocol/viewProtocol';

function event(seq: number, body: ThreadEventBody, threadId = 't'): ThreadEvent {
  return { seq, at: 0, threadId, ...body };
}

function delta(seq: number, itemId: string, value: ItemDelta): ThreadEvent {
  return event(seq, { type: 'item.delta', turnId: 'u', itemId, delta: value });
}

describe('EventBatcher', () => {
  let sent: HostNotifications['thread/events'][];
  let lostCount: number;
  let batcher: EventBatcher;

  beforeEach(() => {
    sent = [];
    lostCount = 0;
    batcher = new EventBatcher({ send: (batch) => sent.push(batch), onLost: () => lostCount++ });
    batcher.restart('t', 4);
  });

  afterEach(() => batcher.stop());

  it('sends what gathered in one batch that says where it begins and ends', () => {
    batcher.add(event(5, { type: 'thread.renamed', title: 'a' }));
    batcher.add(event(6, { type: 'thread.renamed', title: 'b' }));
    batcher.flush();
    assert.equal(sent.length, 1);
    assert.deepEqual([sent[0]!.afterSeq, sent[0]!.lastSeq], [4, 6]);
    assert.equal(sent[0]!.events.length, 2);
  });

  it('sends by itself after a moment', async () => {
    batcher.add(event(5, { type: 'thread.renamed', title: 'a' }));
    while (sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(sent[0]!.lastSeq, 5);
  });

  it('makes consecutive deltas of one item into one', () => {
    batcher.add(delta(4, 'i', { kind: 'text', text: 'He' }));
    batcher.add(delta(4, 'i', { kind: 'text', text: 'llo' }));
    batcher.add(delta(4, 'j', { kind: 'text', text: '!' }));
    batcher.flush();
    const texts = sent[0]!.events.map((each) => each.type === 'item.delta' && each.delta);
    assert.deepEqual(texts, [
      { kind: 'text', text: 'Hello' },
      { kind: 'text', text: '!' },
    ]);
  });

  it('Q24 turns 10,000 deltas a second into at most 60 updates a second, in order', async () => {
    let text = '';
    const startedAt = performance.now();
    for (let number = 0; number < 10_000; number++) {
      batcher.add(
        delta(4, number % 2_000 < 1_000 ? 'i' : 'j', { kind: 'text', text: `${number} ` }),
      );
      text += `${number} `;
      batcher.take(sent.length);
      if (number % 100 === 99) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    batcher.flush();
    const seconds = (performance.now() - startedAt) / 1000;
    assert.ok(sent.length <= 60 * seconds + 1, `${sent.length} updates in ${seconds} s`);
    const deltas = sent.flatMap(({ events }) =>
      events.map((each) =>
        each.type === 'item.delta' && each.delta.kind === 'text' ? each : null,
      ),
    );
    assert.equal(
      deltas.map((each) => each?.delta.kind === 'text' && each.delta.text).join(''),
      text,
    );
    assert.ok(deltas.length < 200, `${deltas.length} deltas`);
  });

  it('keeps text from before and after a reset apart', () => {
    batcher.add(delta(4, 'i', { kind: 'text', text: 'old' }));
    batcher.add(delta(4, 'i', { kind: 'reset' }));
    batcher.add(delta(4, 'i', { kind: 'text', text: 'new' }));
    batcher.flush();
    assert.equal(sent[0]!.events.length, 3);
  });

  it('leaves the history out and still says that it passed', () => {
    batcher.add(event(5, { type: 'history.appended', items: [] }));
    batcher.flush();
    assert.deepEqual(sent, [{ threadId: 't', afterSeq: 4, lastSeq: 5, events: [], receipt: 1 }]);
  });

  it('tells of a compaction without the history that came of it', () => {
    const compacted = { type: 'history.compacted', tokensBefore: 900, tokensAfter: 9 } as const;
    const replacement = [{ type: 'message', role: 'user', content: 'long' }] as const;
    batcher.add(event(5, { ...compacted, replacement }));
    batcher.flush();
    assert.deepEqual(sent[0]!.events, [event(5, { ...compacted, replacement: [] })]);
  });

  it('drops what waits and what another thread says when it starts anew', () => {
    batcher.add(event(5, { type: 'thread.renamed', title: 'a' }));
    batcher.restart('other', 9);
    batcher.add(event(6, { type: 'thread.renamed', title: 'b' }));
    batcher.flush();
    assert.deepEqual(sent, []);
  });

  it('continues where the last batch ended', () => {
    batcher.add(event(5, { type: 'thread.renamed', title: 'a' }));
    batcher.flush();
    batcher.add(delta(5, 'i', { kind: 'output', text: 'x' }));
    batcher.flush();
    assert.deepEqual(
      sent.map(({ afterSeq, lastSeq }) => [afterSeq, lastSeq]),
      [
        [4, 5],
        [5, 5],
      ],
    );
  });

  describe('where the view is slow, hidden or silent', () => {
    const soon = () => new Promise((resolve) => setTimeout(resolve, 20));
    const text = (value: string) => delta(4, 'i', { kind: 'text', text: value });
    const textOf = () =>
      sent
        .flatMap(({ events }) => events)
        .map((each) =>
          each.type === 'item.delta' && each.delta.kind === 'text' ? each.delta.text : '',
        )
        .join('');

    beforeEach(() => {
      batcher = new EventBatcher(
        { send: (batch) => sent.push(batch), onLost: () => lostCount++ },
        1,
      );
      batcher.restart('t', 4);
    });

    it('Q23 holds back from a slow view, and sends what gathered as one when it has taken a batch', async () => {
      for (let number = 0; number < 10; number++) {
        batcher.add(text(`${number}`));
        await soon();
      }
      assert.deepEqual(
        sent.map(({ receipt }) => receipt),
        [1, 2],
      );
      batcher.take(1);
      await soon();
      assert.equal(sent.length, 3);
      assert.equal(sent[2]?.events.length, 1);
      assert.equal(textOf(), '0123456789');
    });

    it('Q23 keeps no more than so much for a silent view, and asks for the whole state when it speaks', async () => {
      batcher.add(text('a'));
      await soon();
      for (let seq = 5; seq < 20_000; seq++) {
        batcher.add(event(seq, { type: 'thread.renamed', title: `${seq}` }));
      }
      await soon();
      assert.equal(sent.length, 1);
      assert.ok(heldBy(batcher) <= 2_000, `${heldBy(batcher)} events are held`);
      assert.equal(lostCount, 0);
      batcher.take(1);
      await soon();
      assert.equal(lostCount, 1);
    });

    it('Q23 counts the characters that wait, however few the events', async () => {
      batcher.add(text('a'));
      await soon();
      for (let number = 0; number < 1_000; number++) batcher.add(text('x'.repeat(10_000)));
      batcher.take(1);
      await soon();
      assert.equal(lostCount, 1);
      batcher.restart('t', 9);
      batcher.add(event(10, { type: 'thread.renamed', title: 'after' }));
      await soon();
      assert.deepEqual([sent.at(-1)?.afterSeq, sent.at(-1)?.lastSeq], [9, 10]);
    });

    it('Q23 asks once for the whole state where a burst is too much at once', async () => {
      for (let seq = 5; seq < 20_000; seq++) {
        batcher.add(event(seq, { type: 'thread.renamed', title: `${seq}` }));
      }
      await soon();
      assert.deepEqual([sent.length, lostCount], [0, 1]);
    });

    it('Q23 takes no answer to what it sent before it started anew', async () => {
      batcher.add(text('a'));
      await soon();
      batcher.restart('t', 4);
      batcher.add(text('b'));
      await soon();
      batcher.add(text('c'));
      await soon();
      batcher.take(1);
      batcher.take(99);
      batcher.add(text('d'));
      await soon();
      assert.equal(textOf(), 'abc');
      batcher.take(3);
      await soon();
      assert.equal(textOf(), 'abcd');
    });
  });
});

/** Events it holds for the view, read from where it keeps them. */
function heldBy(batcher: EventBatcher): number {
  return (batcher as unknown as { pending: readonly unknown[] }).pending.length;
}
