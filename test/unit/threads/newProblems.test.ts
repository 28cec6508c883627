import assert from 'node:assert/strict';
import { CommandProblems } from '../../../src/agent/commandProblems';
import type { TurnEnvironment } from '../../../src/agent/turnEnvironment';
import type { Diagnostic } from '../../../src/ports/diagnostics';
import type { ThreadEventBody } from '../../../src/protocol/events';
import type { TranscriptEntry } from '../../../src/protocol/threadState';
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
        remember: () => () => [],
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

  it('are appended once for files that commands changed, when both are known', () => {
    const entries: TranscriptEntry[] = [];
    const appended: ThreadEventBody[] = [];
    const now: Diagnostic[] = [];
    const turn = {
      entries: () => entries,
      emit: (body: ThreadEventBody) => appended.push(body),
      diagnostics: {
        remember: () => (paths: readonly string[]) =>
          now.filter(({ path }) => paths.includes(path)),
      },
    } as unknown as TurnEnvironment;
    const problems = new CommandProblems(turn);
    now.push({ path: 'a.ts', line: 3, severity: 'warning', message: 'Unused.' });
    problems.tell();
    const changes = [{ path: 'a.ts', kind: 'update', diff: '', added: 1, removed: 0 }] as const;
    const edit = { type: 'fileChange', id: 'e1', status: 'completed', changes } as const;
    entries.push(edit);
    problems.tell();
    assert.deepEqual(appended, []);
    entries.push({ ...edit, id: 'e2', commandItemId: 'c1' });
    problems.tell();
    problems.tell();
    assert.equal(appended.length, 1);
    assert.match(JSON.stringify(appended), /<problems>.*a\.ts:3 warning Unused\./);
  });
});
