import assert from 'node:assert/strict';
import { speak } from '../../../src/base/language';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import { textSources } from '../../../src/protocol/input';
import type { Item } from '../../../src/protocol/items';
import type { ReviewFinding } from '../../../src/protocol/review';
import { noUsage } from '../../../src/protocol/usage';
import { exportJsonLines, exportMarkdown } from '../../../src/threads/exportThread';
import { markData, pseudoLanguage } from '../../e2e/viewPage/pseudoLanguage';
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
        `*1970-01-01 00:00 UTC, ${model}, mode Agent*`,
        '## You',
        'Fix it',
        '- `src/a.js`',
        '```sh\n$ npm test\n```',
        '<details><summary>Output, exit code 1</summary>\n\n````text\nred\n```fence```\n````\n\n</details>',
        '**a.js** (changed, +1 -1)',
        '```diff\n@@ -1 +1 @@\n-a\n+b\n```',
        '## Tandem',
        'Fixed.\n',
      ].join('\n\n'),
    );
  });

  it('says everything but the data in the language of the person', () => {
    const finding: ReviewFinding = {
      ...{ id: 'f1', title: 'a', body: 'b', severity: 'major', confidence: 0.8 },
      ...{ path: 'c', startLine: 1, endLine: 1 },
    };
    const review = { type: 'review', id: 'r1', explanation: '', verdict: 'sound' } as const;
    const items: Item[] = [
      { type: 'reasoning', id: 'r', status: 'completed', text: 'a' },
      ...(['declined', 'interrupted', 'failed', 'completed'] as const).map((status): Item => ({
        ...{ type: 'commandExecution', id: status, status, command: 'a', cwd: 'a', output: '' },
        ...{ readOnly: false, ...(status === 'declined' && { error: 'a' }) },
      })),
      {
        ...{ type: 'commandExecution', id: 'c', status: 'failed', command: 'a', cwd: 'a' },
        ...{ output: 'a', exitCode: 1, readOnly: false },
      },
      {
        ...{ type: 'fileChange', id: 'f', status: 'failed', error: 'a' },
        changes: (['add', 'delete', 'update'] as const).map((kind) => ({
          ...{ path: 'a', kind, diff: '', added: 1, removed: 1 },
        })),
      },
      {
        ...{ type: 'question', id: 'q', status: 'completed', answers: {} },
        questions: [{ id: 'q1', header: 'a', question: 'a', options: [] }],
      },
      { type: 'proposedPlan', id: 'p', status: 'completed', text: 'a' },
      {
        ...review,
        ...{ status: 'completed', target: { kind: 'uncommitted' }, findings: [finding] },
      },
      { ...review, status: 'completed', target: { kind: 'base', ref: 'a' }, findings: [] },
      { ...review, status: 'failed', target: { kind: 'commit', sha: '1' }, findings: [] },
      { ...review, status: 'completed', target: { kind: 'turn', turnId }, findings: [] },
      { type: 'compaction', id: 'k', status: 'completed', summary: 'a', kind: 'auto' } as never,
    ];
    const input = {
      text: 'a',
      attachments: [
        { kind: 'selection', path: 'a', startLine: 1, endLine: 2, text: 'a' },
        { kind: 'image', name: 'a', dataUrl: '' },
        ...textSources.map((source) => ({ kind: 'text', source, name: 'a', text: 'a' })),
      ],
    } as never;
    const said: Item = { type: 'userMessage', id: 'u2', status: 'completed', input };
    const events = markData(thread(said, ...items)).map((event) =>
      event.type === 'thread.renamed' ? { ...event, title: '' } : event,
    );
    const failed = { type: 'turn.failed', turnId, error: { code: 'stream', message: '' } } as const;
    speak('ja', pseudoLanguage.translations);
    try {
      const ends = [events, [...events.slice(0, -1), { ...events.at(-1)!, ...failed }]] as never;
      for (const written of (ends as ThreadEvent[][]).map(exportMarkdown)) {
        const { model } = sampleContext('/work');
        const shown = written
          .replaceAll(model, '')
          .replaceAll(/<\/?(?:details|summary)>|```(?:sh|text|diff)|UTC|HTML|Tandem/g, '');
        assert.deepEqual(/.*[A-Za-z].*/.exec(shown)?.[0], undefined);
        assert.match(written, /⟦/);
      }
    } finally {
      speak('en', {});
    }
  });
});
