import assert from 'node:assert/strict';
import {
  hunkAtLine,
  hunksOfLineChange,
  neighbourHunk,
} from '../../../../src/extension/editors/hunks';
import type { ChangedFile, Hunk } from '../../../../src/protocol/changes';

function hunk(id: string, base: [number, number], live: [number, number]): Hunk {
  const [baseStart, baseCount] = base;
  const [liveStart, liveCount] = live;
  return { id, baseStart, baseCount, liveStart, liveCount, removed: [], added: [] };
}

function file(path: string, ...hunks: Hunk[]): ChangedFile {
  const rest = { baseline: 'a', live: 'b', added: 0, removed: 0, origins: [] };
  return { path, kind: 'update', binary: false, hunks, ...rest };
}

const changed = hunk('changed', [2, 1], [2, 2]);
const deleted = hunk('deleted', [10, 3], [11, 0]);
const inserted = hunk('inserted', [20, 0], [18, 4]);
const sample = file('a.js', changed, deleted, inserted);

describe('hunks', () => {
  it('are found by the line a cursor is on', () => {
    assert.equal(hunkAtLine(sample, 2)?.id, 'changed');
    assert.equal(hunkAtLine(sample, 3)?.id, 'changed');
    assert.equal(hunkAtLine(sample, 4), undefined);
    assert.equal(hunkAtLine(sample, 21)?.id, 'inserted');
  });

  it('that only delete are found from both sides', () => {
    assert.equal(hunkAtLine(sample, 10)?.id, 'deleted');
    assert.equal(hunkAtLine(sample, 11)?.id, 'deleted');
    assert.equal(hunkAtLine(sample, 12), undefined);
  });

  it('are mapped from the line changes of VS Code', () => {
    const ids = (...lines: [number, number, number, number]) => {
      const [originalStartLineNumber, originalEndLineNumber, modifiedStart, modifiedEnd] = lines;
      return hunksOfLineChange(sample, {
        originalStartLineNumber,
        originalEndLineNumber,
        modifiedStartLineNumber: modifiedStart,
        modifiedEndLineNumber: modifiedEnd,
      }).map(({ id }) => id);
    };
    assert.deepEqual(ids(3, 3, 3, 4), ['changed']);
    assert.deepEqual(ids(11, 13, 11, 0), ['deleted']);
    assert.deepEqual(ids(20, 0, 19, 22), ['inserted']);
    assert.deepEqual(ids(3, 13, 3, 11), ['changed', 'deleted']);
    assert.deepEqual(ids(6, 6, 7, 7), []);
  });

  it('are walked across files and around the end', () => {
    const files = [sample, file('b.js', hunk('b', [0, 1], [0, 1]))];
    const step = (path: string, line: number, direction: 'next' | 'previous') =>
      neighbourHunk(files, { path, line }, direction);
    assert.deepEqual(neighbourHunk(files, undefined, 'next'), { path: 'a.js', line: 2 });
    assert.deepEqual(step('a.js', 2, 'next'), { path: 'a.js', line: 11 });
    assert.deepEqual(step('a.js', 18, 'next'), { path: 'b.js', line: 0 });
    assert.deepEqual(step('b.js', 0, 'next'), { path: 'a.js', line: 2 });
    assert.deepEqual(step('a.js', 2, 'previous'), { path: 'b.js', line: 0 });
    assert.equal(neighbourHunk([], undefined, 'next'), undefined);
  });
});
