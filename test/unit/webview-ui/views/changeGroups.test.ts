import assert from 'node:assert/strict';
import type { HunkOrigins } from '../../../../src/protocol/changePreview';
import { seenChanges } from '../../../../src/protocol/changePreview';
import type { ChangedFile, ChangeOrigin } from '../../../../src/protocol/changes';
import type { TurnState } from '../../../../src/protocol/threadState';
import {
  groupChanges,
  targetOfFile,
  targetOfGroup,
  type Grouping,
} from '../../../../webview-ui/src/views/Changes/changeGroups';
import { changeRows, rowAfter } from '../../../../webview-ui/src/views/Changes/changeRows';

const origin = (turn: number, step: number): ChangeOrigin => ({
  ...{ turnId: `t${turn}`, itemId: `i${turn}${step}`, step },
  label: step === 1 ? 'patch' : 'npm run format',
});

function file(path: string, hunks: string[], origins: ChangeOrigin[]): ChangedFile {
  return {
    ...{ path, kind: 'update', binary: false, baseline: 'b', live: `l ${path}` },
    ...{ added: hunks.length, removed: 0, origins },
    hunks: hunks.map((id, index) => ({
      ...{ id, baseStart: index, baseCount: 0, liveStart: index * 2, liveCount: 1 },
      ...{ removed: [], added: ['x'] },
    })),
  };
}

const turns = ['t1', 't2'].map((id) => ({ id, entries: [] }) as unknown as TurnState);
const files = [
  file('a.ts', ['a1', 'a2', 'a3'], [origin(1, 1), origin(2, 1), origin(2, 2)]),
  file('b.ts', ['b1'], [origin(1, 1)]),
  file('c.bin', [], [origin(2, 2)]),
];
const origins: HunkOrigins = { 'a.ts': { a1: ['i11'], a2: ['i11', 'i22'], a3: ['i21'] } };

/** Each group as its title and what an accept of it is about. */
function groups(grouping: Grouping, seen: Parameters<typeof groupChanges>[2]['seen'] = null) {
  return groupChanges(files, grouping, { turns, origins, seen }).map((group) => [
    group.title,
    targetOfGroup(group).parts?.map(({ path, hunkIds }) => [path, ...(hunkIds ?? [])].join(' ')),
  ]);
}

describe('groupChanges', () => {
  it('is one group without a title by file', () => {
    assert.deepEqual(groups('file'), [[undefined, ['a.ts', 'b.ts', 'c.bin']]]);
  });

  it('gives each hunk to the newest call that had a part in it, the newest group first', () => {
    assert.deepEqual(groups('turn'), [
      ['Turn 2', ['a.ts a2 a3', 'c.bin']],
      ['Turn 1', ['a.ts a1', 'b.ts']],
    ]);
    assert.deepEqual(groups('step'), [
      ['Turn 2, step 2', ['a.ts a2', 'c.bin']],
      ['Turn 2, step 1', ['a.ts a3']],
      ['Turn 1, step 1', ['a.ts a1', 'b.ts']],
    ]);
  });

  it('keeps a file with its newest call where nobody knows more, and one without calls', () => {
    const lost = [...files, file('d.ts', ['d1'], [])];
    const found = groupChanges(lost, 'turn', { turns, seen: null });
    assert.deepEqual(
      found.map(({ title, files: entries }) => [title, entries.map((each) => each.file.path)]),
      [
        ['Turn 2', ['a.ts', 'c.bin']],
        ['Turn 1', ['b.ts']],
        ['An earlier turn', ['d.ts']],
      ],
    );
  });

  it('sets apart what came since the last look', () => {
    const seen = { ...seenChanges(files), 'a.ts': ['a1', 'gone'], 'c.bin': ['other'] };
    assert.deepEqual(groups('seen', seen), [
      ['New since you last looked', ['a.ts a2 a3', 'c.bin']],
      ['Seen before', ['a.ts a1', 'b.ts']],
    ]);
    assert.deepEqual(groups('seen', {}), [
      ['New since you last looked', ['a.ts', 'b.ts', 'c.bin']],
    ]);
  });

  it('shows a renamed file once and settles both of its paths', () => {
    const renamed: readonly ChangedFile[] = [
      { ...file('new.ts', ['n'], [origin(1, 1)]), kind: 'add', baseline: null, live: 'same' },
      {
        ...file('old.ts', ['o'], [origin(1, 1)]),
        ...{ kind: 'delete', baseline: 'same', live: null, removed: 1 },
      },
    ];
    const [group] = groupChanges(renamed, 'file', { turns, seen: null });
    assert.deepEqual(group?.files.map(targetOfFile), [
      { parts: [{ path: 'new.ts' }, { path: 'old.ts' }] },
    ]);
  });
});

describe('rowAfter', () => {
  const rowsOf = (open: readonly string[]) =>
    changeRows(
      groupChanges(files, 'file', { turns, seen: null }),
      (_key, path) => path === undefined || open.includes(path),
    );
  const name = (rows: ReturnType<typeof rowsOf>, index: number) =>
    rowAfter(rows, index)?.key.split('\n').slice(1).join(' ');

  it('is the next hunk, the next file past what is settled with a file, or the change before', () => {
    const rows = rowsOf(['a.ts', 'c.bin']);
    assert.equal(name(rows, 1), 'a.ts a2');
    assert.equal(name(rows, 3), 'b.ts');
    assert.equal(name(rows, 0), 'b.ts');
    assert.equal(name(rows, rows.length - 2), 'b.ts');
  });
});
