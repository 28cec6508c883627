import assert from 'node:assert/strict';
import { SeenChangesMemory } from '../../../src/extension/seenChanges';

type Memento = ConstructorParameters<typeof SeenChangesMemory>[0];

function fakeMemory(): Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (key: string) => values.get(key),
    update: async (key: string, value: unknown) => void values.set(key, value),
  } as Memento;
}

describe('seenChanges', () => {
  it('remembers the last look at each thread, over a reload', async () => {
    const memory = fakeMemory();
    const seen = new SeenChangesMemory(memory);
    assert.equal(seen.get('one'), null);
    await seen.mark('one', { 'a.ts': ['h1'] });
    await seen.mark('two', {});
    await seen.mark('one', { 'a.ts': ['h1', 'h2'] });
    const afterReload = new SeenChangesMemory(memory);
    assert.deepEqual(afterReload.get('one'), { 'a.ts': ['h1', 'h2'] });
    assert.deepEqual(afterReload.get('two'), {});
  });

  it('forgets the thread looked at longest ago', async () => {
    const seen = new SeenChangesMemory(fakeMemory());
    for (let index = 0; index < 20; index++) await seen.mark(`t${index}`, {});
    await seen.mark('t0', {});
    await seen.mark('new', {});
    assert.equal(seen.get('t1'), null);
    assert.deepEqual([seen.get('t0'), seen.get('t2'), seen.get('new')], [{}, {}, {}]);
  });
});
