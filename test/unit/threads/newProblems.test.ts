import assert from 'node:assert/strict';
import { ThreadManager } from '../../../src/threads/threadManager';
import { called, play, said } from '../../support/memoryModel';
import { createMemoryPorts } from '../../support/memoryPorts';
import { sampleContext } from '../../support/sampleContext';

const patch = '*** Begin Patch\n*** Add File: a.ts\n+one\n*** End Patch';

describe('new problems after an edit', () => {
  it('end the result of the patch, asked for once the edit is on the disk', async () => {
    const seen: string[] = [];
    const ports = createMemoryPorts({
      answer: (index) =>
        play({
          kind: 'items',
          items: [index === 0 ? called('apply_patch', { input: patch }, 'c1') : said('Done.')],
        }),
      onCall: (call) => seen.push(call),
    });
    const thread = new ThreadManager({
      ...ports,
      diagnostics: () => ({
        watch: (paths) => {
          seen.push(`watch ${paths.join()}`);
          return {
            newProblems: async () => {
              seen.push('newProblems');
              return [{ path: 'a.ts', line: 1, severity: 'error', message: 'No one.' }];
            },
            dispose: () => seen.push('dispose'),
          };
        },
      }),
    }).start('/w');
    await thread.startTurn({ text: 'go', attachments: [] }, sampleContext('/w'));
    const output = JSON.stringify(ports.requests[1]?.input.at(-1));
    assert.match(output, /A a\.ts\\nNew problems after this edit:\\na\.ts:1 error No one\.\\n"/);
    const order = seen.filter((call) => /watch|apply|newProblems|dispose/.test(call));
    assert.deepEqual(order, ['watch a.ts', 'files.apply', 'newProblems', 'dispose']);
  });
});
