import assert from 'node:assert/strict';
import { TrackedFiles } from '../../../src/changes/trackedFiles';
import { createMemoryPorts } from '../../support/memoryPorts';

const bytes = (text: string) => Buffer.from(text);

describe('the origins of a changed file', () => {
  const itemsAfter = async (count: number) => {
    const ports = createMemoryPorts({
      answer: () => {
        throw new Error('no model');
      },
    });
    const tracked = new TrackedFiles(ports.contents('/w'), []);
    for (let write = 1; write <= count; write++) {
      const origin = { turnId: 't', itemId: `c${write}`, label: `echo ${write}` };
      await tracked.agentChanged('a', bytes(`${write - 1}`), bytes(`${write}`), origin);
    }
    return tracked.get('a')?.origins.map(({ itemId }) => itemId);
  };

  it('are all that wrote it, oldest first', async () => {
    assert.deepEqual(await itemsAfter(3), ['c1', 'c2', 'c3']);
  });

  it('are the first and the newest where hundreds of commands wrote it', async () => {
    const items = (await itemsAfter(500)) ?? [];
    assert.equal(items.length, 20);
    assert.deepEqual([items[0], items[1], items.at(-1)], ['c1', 'c482', 'c500']);
  });
});
