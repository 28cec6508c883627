import assert from 'node:assert/strict';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import type { Item } from '../../../src/protocol/items';
import { noUsage } from '../../../src/protocol/usage';
import { exportJsonLines, exportMarkdown } from '../../../src/threads/exportThread';
import { sampleContext } from '../../support/sampleContext';

const turnId = 'turn-1';

function thread(...items: Item[]): ThreadEvent[] {
  const input = { text: 'Fix it', attachments: [{ kind: 'file', path: 'src/a.js' } as const] };
  const bodies: ThreadEventBody[] = [
    { type: 'thread.started', cwd: '/work' },
    { type: 'thread.renamed', title: 'Fix it' },
    { type: 'turn.started', turnId, input, context: sampleContext('/work') },
    ...[{ type: 'userMessage', id: 'u', status: 'completed', input } as const, ...items].flatMap(
      (item): ThreadEventBody[] => [
        { type: 'item.started', turnId, item },
        { type: 'item.completed', turnId, item },
      ],
    ),
    { type: 'turn.completed', turnId, usage: noUsage },
  ];
  return bodies.map((body, index) => ({ seq: index + 1, at: 0, threadId: 't', ...body }));
}

describe('exporting a thread', () => {
  it('gives the events back as they are, one a line', () => {
    const events = thread();
    const lines = exportJsonLines(events).trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      events,
    );
  });

  it('makes a document of what was said, run and changed', () => {
    const markdown = exportMarkdown(
      thread(
        {
          type: 'commandExecution',
          id: 'c',
          status: 'failed',
          command: 'npm test',
          cwd: '/work',
          output: '\u001b[31mred\u001b[0m\r\n```fence```\n',
          exitCode: 1,
          readOnly: false,
        },
        {
          type: 'fileChange',
          id: 'f',
          status: 'completed',
          changes: [
            { path: 'a.js', kind: 'update', diff: '@@ -1 +1 @@\n-a\n+b\n', added: 1, removed: 1 },
          ],
        },
        { type: 'agentMessage', id: 'a', status: 'completed', phase: 'final', text: 'Fixed.' },
      ),
    );
    const { model } = sampleContext('/work');
    assert.equal(
      markdown,
      [
        '# Fix it',
        'Folder: `/work`',
        '---',
        `*1970-01-01 00:00 UTC, ${model}, mode agent*`,
        '## You',
        'Fix it',
        '- `src/a.js`',
        '```sh\n$ npm test\n```',
        '<details><summary>Output, exit code 1</summary>\n\n````text\nred\n```fence```\n````\n\n</details>',
        '**a.js** (update, +1 -1)',
        '```diff\n@@ -1 +1 @@\n-a\n+b\n```',
        '## Tandem',
        'Fixed.\n',
      ].join('\n\n'),
    );
  });
});
