import assert from 'node:assert/strict';
import type { CommandExecutionItem, FileChangeItem } from '../../../../src/protocol/items';
import type { TranscriptEntry } from '../../../../src/protocol/threadState';
import {
  createGrouper,
  groupEntries,
} from '../../../../webview-ui/src/views/Transcript/transcriptBlocks';
import { summarizeWork } from '../../../../webview-ui/src/views/Transcript/workSummary';

function command(
  id: string,
  text: string,
  more: Partial<CommandExecutionItem> = {},
): CommandExecutionItem {
  return {
    ...{ id, type: 'commandExecution', status: 'completed', command: text, cwd: '/w' },
    ...{ output: '', exitCode: 0, durationMs: 500, readOnly: false },
    ...more,
  };
}

function edit(id: string, path: string, commandItemId?: string): FileChangeItem {
  return {
    ...{ id, type: 'fileChange', status: 'completed' },
    changes: [{ path, kind: 'update', diff: '', added: 1, removed: 1 }],
    ...(commandItemId === undefined ? {} : { commandItemId }),
  };
}

function said(id: string, text: string): TranscriptEntry {
  return { id, type: 'agentMessage', status: 'completed', phase: 'commentary', text };
}

const read = (id: string, text: string) => command(id, text, { readOnly: true });
const kinds = (entries: readonly TranscriptEntry[], pending: readonly string[] = []) =>
  groupEntries(entries, (path) => pending.includes(path)).map(
    ({ kind, items }) => `${kind}:${items.map(({ id }) => id).join('+')}`,
  );

describe('groupEntries', () => {
  it('folds neighbouring work between what is said', () => {
    const entries = [
      said('s1', 'a'),
      read('c1', 'cat x'),
      command('c2', 'npm test'),
      said('s2', 'b'),
    ];
    assert.deepEqual(kinds(entries), ['agent:s1', 'work:c1+c2', 'agent:s2']);
  });

  it('lets an edit stand open as long as one of its files is pending', () => {
    const entries = [command('c1', 'ls'), edit('e1', 'a.js'), command('c2', 'npm test')];
    assert.deepEqual(kinds(entries, ['a.js']), ['work:c1', 'change:e1', 'work:c2']);
    assert.deepEqual(kinds(entries), ['work:c1+e1+c2']);
  });

  it('draws nothing for words that have not begun', () => {
    assert.deepEqual(kinds([said('s1', ''), command('c1', 'ls')]), ['work:c1']);
  });
});

describe('createGrouper', () => {
  const none: ReadonlySet<string> = new Set();

  it('keeps the identity of blocks that did not change', () => {
    const group = createGrouper();
    const entries = [said('s1', 'a'), command('c1', 'ls'), said('s2', 'b')];
    const before = group(entries, none);
    const after = group(entries.with(2, said('s2', 'b and more')), none);
    assert.deepEqual(
      after.map((block, index) => block === before[index]),
      [true, true, false],
    );
    assert.equal(group(entries, none), group(entries, none));
  });

  it('comes to the same as grouping everything, whatever changes', () => {
    const review: TranscriptEntry = {
      ...{ id: 'r', type: 'review', status: 'completed', findings: [], explanation: '' },
      target: { kind: 'uncommitted' },
    };
    const group = createGrouper();
    const look = (entries: readonly TranscriptEntry[], pending: readonly string[] = []) => {
      const paths = new Set(pending);
      const seen = group(entries, pending.length > 0 ? paths : none);
      assert.deepEqual(
        seen,
        groupEntries(entries, (path) => paths.has(path)),
      );
    };
    let entries: readonly TranscriptEntry[] = [];
    const add = (entry: TranscriptEntry) => look((entries = [...entries, entry]));
    for (const entry of [command('c1', 'ls'), said('s1', ''), command('c2', 'ls')]) add(entry);
    look((entries = entries.with(1, said('s1', 'late words'))));
    for (const entry of [review, edit('e1', 'a.js'), command('c3', 'ls'), said('s2', 'b')]) {
      add(entry);
    }
    look(entries, ['a.js']);
    look(entries);
    look((entries = entries.with(0, command('c1', 'ls -l'))));
    look((entries = entries.slice(0, 4)));
    look([]);
  });
});

describe('summarizeWork', () => {
  it('counts what was done and sums the time of the commands', () => {
    const items = [
      read('c1', 'cat src/slug.js'),
      read('c2', "sed -n '1,40p' test.js | head -20"),
      command('c3', 'npm install'),
      command('c4', 'node test.js'),
      read('c5', 'rg slug src'),
    ];
    assert.deepEqual(summarizeWork(items), {
      text: 'Ran 2 commands, read 2 files, searched',
      durationMs: 2500,
    });
  });

  it('puts changed files first and tells what was not run', () => {
    const items = [
      command('c1', 'npm run format'),
      edit('e1', 'a.js', 'c1'),
      edit('e2', 'b.js', 'c1'),
      command('c2', 'rm -rf x', { status: 'declined' }),
    ];
    assert.equal(summarizeWork(items).text, 'Changed 2 files, ran 1 command, 1 command not run');
  });
});
