import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/emitter';
import type { Model, ModelEvent, ModelRequest } from '../../../src/ports/model';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import { emptyThreadState, foldEvent, type ThreadState } from '../../../src/protocol/threadState';
import { noUsage } from '../../../src/protocol/usage';
import { nameByModel, titleOf, type NamedThread } from '../../../src/threads/titler';
import { sampleContext } from '../../support/sampleContext';

const title = (text: string) => titleOf({ text, attachments: [] });

describe('titleOf', () => {
  it('takes the first line', () => assert.equal(title('  Fix slug\n\nplease'), 'Fix slug'));
  it('cuts a long line at a word', () => {
    const long = title(`Replace every occurrence of ${'word '.repeat(30)}`);
    assert.ok(long.length <= 61 && long.endsWith('word…'), long);
  });
  it('cuts a line that is one word', () =>
    assert.equal(title('x'.repeat(99)), `${'x'.repeat(60)}…`));
  it('names a thread without text', () => assert.equal(title(' '), 'New thread'));
});

describe('nameByModel', () => {
  const requests: ModelRequest[] = [];
  beforeEach(() => requests.splice(0));

  /** A thread whose first turn ends, and a model that answers with these pieces of text. */
  function setUp(answer: readonly string[], asks: boolean | undefined = true) {
    const log = new EventLogDouble();
    const model: Model = {
      async *stream(request): AsyncGenerator<ModelEvent> {
        requests.push(request);
        await Promise.resolve();
        if (answer.length === 0) throw new Error('The network is gone.');
        for (const text of answer) yield { type: 'textDelta', outputIndex: 0, text };
        yield { type: 'completed', responseId: 'r', usage: noUsage };
      },
    };
    nameByModel(log, {
      model,
      log: { info() {}, warn() {}, error() {} },
      ...(asks === undefined ? {} : { asksForTitles: async () => asks }),
    });
    return log;
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

  it('names a thread after its first turn, in a request that has nothing of the thread’s own', async () => {
    const thread = setUp(['"Fix slugs', ' of accented titles."\n']);
    thread.turn('please fix the slugs', 'They are fixed.');
    await settled();
    assert.equal(thread.state.title, 'Fix slugs of accented titles');
    const [request] = requests;
    assert.equal(request?.effort, 'minimal');
    assert.deepEqual(request.tools, []);
    assert.notEqual(request.promptCacheKey, thread.id);
    assert.match(JSON.stringify(request.input), /please fix the slugs.*They are fixed\./);
    thread.turn('and more', 'Done.');
    await settled();
    assert.equal(requests.length, 1);
  });

  it('leaves a title alone that the person gave, also while it asks', async () => {
    const thread = setUp(['Better']);
    thread.turn('one', 'Done.', () => thread.rename('Mine'));
    await settled();
    assert.equal(requests.length, 0);
    const other = setUp(['Better']);
    other.turn('one', 'Done.');
    other.rename('Mine');
    await settled();
    assert.equal(other.state.title, 'Mine');
  });

  it('asks nothing where the host does not want it, and fails in silence', async () => {
    for (const thread of [setUp(['Better'], false), setUp([]), setUp([' \n'])]) {
      thread.turn('one', 'Done.');
      await settled();
      assert.equal(thread.state.title, 'one');
    }
    assert.equal(requests.length, 2);
  });
});

/** A thread made of nothing but events. */
class EventLogDouble implements NamedThread {
  readonly id = 'thread-1';
  state: ThreadState = emptyThreadState(this.id);
  private readonly emitter = new Emitter<ThreadEvent>();
  readonly onEvent = this.emitter.event;

  rename(title: string): void {
    this.emit({ type: 'thread.renamed', title });
  }

  turn(said: string, answer: string, beforeItEnds = () => {}): void {
    const turnId = `turn-${this.state.turns.length}`;
    const input = { text: said, attachments: [] };
    if (this.state.title === '') this.rename(titleOf(input));
    this.emit({ type: 'turn.started', turnId, input, context: sampleContext('/work') });
    for (const item of [
      { type: 'userMessage', id: `${turnId}-u`, status: 'completed', input },
      {
        type: 'agentMessage',
        id: `${turnId}-a`,
        status: 'completed',
        phase: 'final',
        text: answer,
      },
    ] as const) {
      this.emit({ type: 'item.started', turnId, item });
    }
    beforeItEnds();
    this.emit({ type: 'turn.completed', turnId, usage: noUsage });
  }

  private emit(body: ThreadEventBody): void {
    const event = { seq: this.state.seq + 1, at: 0, threadId: this.id, ...body };
    this.state = foldEvent(this.state, event);
    this.emitter.fire(event);
  }
}
