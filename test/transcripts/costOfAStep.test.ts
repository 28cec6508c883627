import assert from 'node:assert/strict';
import { requestBytes } from '../../src/adapters/openai/requestBody';
import type { ModelItem } from '../../src/protocol/modelItem';
import { ThreadManager } from '../../src/threads/threadManager';
import { called, play, said } from '../support/memoryModel';
import { createMemoryPorts } from '../support/memoryPorts';
import { sampleContext } from '../support/sampleContext';

/** A history whose items tell when something reads them. */
class WatchedHistory {
  /** Reads of each item, by its place. */
  readonly reads: number[] = [];

  /** Watches the items that came since the last call; the array itself is the thread's. */
  watchNew(history: readonly ModelItem[]): void {
    const items = history as ModelItem[];
    for (let index = this.reads.length; index < items.length; index++) {
      this.reads.push(0);
      items[index] = new Proxy(items[index]!, {
        get: (target, key, receiver) => {
          this.reads[index]! += 1;
          return Reflect.get(target, key, receiver) as unknown;
        },
        ownKeys: (target) => {
          this.reads[index]! += 1;
          return Reflect.ownKeys(target);
        },
      });
    }
  }
}

describe('the cost of a step', () => {
  it('is that of what is new: the next step looks at an item, those after it never do', async () => {
    const steps = 60;
    const watched = new WatchedHistory();
    /** The reads of all items once each request was made. */
    const counts: number[][] = [];
    const ports = createMemoryPorts({
      answer: (index) => (request, signal) => {
        watched.watchNew(request.input);
        const body = JSON.parse(Buffer.from(requestBytes(request)).toString('utf8')) as {
          input: unknown[];
        };
        assert.equal(body.input.length, request.input.length);
        counts.push([...watched.reads]);
        const item =
          index < steps
            ? called('exec_command', { cmd: `echo ${index}` }, `call_${index}`)
            : said('Done.');
        return play({ kind: 'items', items: [item] })(request, signal);
      },
    });
    const thread = new ThreadManager(ports).start('/w');
    await thread.startTurn({ text: 'Count.', attachments: [] }, sampleContext('/w'));
    assert.equal(thread.state.turns.at(-1)?.status, 'completed');
    assert.equal(counts.length, steps + 1);
    for (const [step, reads] of counts.slice(2).entries()) {
      const sentTwice = counts[step]!.length;
      assert.deepEqual(reads.slice(0, sentTwice), counts[step + 1]!.slice(0, sentTwice));
    }
    assert.ok(counts.at(-1)!.length > 2 * steps);
    assert.ok(counts.at(-1)!.every((reads) => reads > 0));
  });
});
