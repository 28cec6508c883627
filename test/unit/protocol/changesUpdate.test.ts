import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  changesBetween,
  updateChanges,
  type ChangedFile,
  type ChangeSet,
} from '../../../src/protocol/changes';

describe('an update of a change set', () => {
  it('names the one file alone that is another, of many', () => {
    const before = setOf(100);
    const typed = { ...fileAt(50), live: 'typed' };
    const now = changeSet(before.files.map((file) => (file.path === typed.path ? typed : file)));
    assert.deepEqual(changesBetween(before, now), { changeSet: changeSet([typed]), gone: [] });
  });

  it('names the file that is settled, and nothing else', () => {
    const before = setOf(100);
    const now = changeSet(before.files.slice(1));
    assert.deepEqual(changesBetween(before, now), { changeSet: changeSet([]), gone: ['f100'] });
  });

  it('is the whole where most is another', () => {
    const now = setOf(4);
    assert.deepEqual(changesBetween(setOf(4), now), { changeSet: now });
  });

  it('leads from any state to any other', () => {
    const states = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 40 });
    fc.assert(
      fc.property(states, states, fc.integer({ min: 0, max: 40 }), (some, others, typed) => {
        const kept = some.map(fileAt);
        const before = changeSet(kept);
        const now = changeSet(
          others.map((index) => {
            const same = kept.find(({ path }) => path === fileAt(index).path);
            return same && index !== typed ? same : { ...fileAt(index), live: 'other' };
          }),
        );
        assert.deepEqual(updateChanges(before, changesBetween(before, now)), now);
      }),
    );
  });
});

function fileAt(index: number): ChangedFile {
  const ids = { baseline: 'before', live: 'after' };
  const path = `f${100 + index}`;
  return {
    path,
    kind: 'update',
    binary: false,
    ...ids,
    added: 1,
    removed: 1,
    hunks: [],
    origins: [],
  };
}

function changeSet(files: readonly ChangedFile[]): ChangeSet {
  return { files: [...files].sort((a, b) => (a.path < b.path ? -1 : 1)), notes: [] };
}

function setOf(count: number): ChangeSet {
  return changeSet(Array.from({ length: count }, (_, index) => fileAt(index)));
}
