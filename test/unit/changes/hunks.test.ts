import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxHunkPreviewLines, maxInlineHunks } from '../../../src/protocol/changes';
import { deriveChange } from '../../../src/changes/hunks';
import { acceptHunk, applyLineEdit, rejectHunk } from './settleHunk';
import { splitLines } from '../../../src/changes/textFile';
import { anyText, changedPair } from './texts';

const deriveHunks = (baseline: string, live: string) => deriveChange(baseline, live).hunks;

/** Puts the live lines of every hunk into the baseline, from the last to the first. */
function acceptAllAtOnce(baseline: string, live: string): string {
  return deriveHunks(baseline, live).reduceRight(
    (text, hunk) => acceptHunk(text, live, hunk),
    baseline,
  );
}

function rejectAllAtOnce(baseline: string, live: string): string {
  return deriveHunks(baseline, live).reduceRight(
    (text, hunk) => applyLineEdit(text, rejectHunk(baseline, hunk)),
    live,
  );
}

describe('hunks', () => {
  it('describe where lines were changed, added and removed', () => {
    const hunks = deriveHunks('a\nb\nc\nd\ne\n', 'a\nB\nc\ne\nf\n');
    assert.deepEqual(
      hunks.map(({ id: _id, ...hunk }) => hunk),
      [
        { baseStart: 1, baseCount: 1, liveStart: 1, liveCount: 1, removed: ['b'], added: ['B'] },
        { baseStart: 3, baseCount: 1, liveStart: 3, liveCount: 0, removed: ['d'], added: [] },
        { baseStart: 5, baseCount: 0, liveStart: 4, liveCount: 1, removed: [], added: ['f'] },
      ],
    );
  });

  it('turn the baseline into the live text', () => {
    fc.assert(
      fc.property(changedPair, ([baseline, live]) => {
        assert.equal(acceptAllAtOnce(baseline, live), live);
      }),
    );
  });

  it('give the exact baseline back when all are rejected', () => {
    fc.assert(
      fc.property(changedPair, ([baseline, live]) => {
        assert.equal(rejectAllAtOnce(baseline, live), baseline);
      }),
    );
  });

  it('can be settled one by one in any order', () => {
    fc.assert(
      fc.property(changedPair, fc.infiniteStream(fc.nat()), ([start, end], choices) => {
        let baseline = start;
        let live = end;
        for (let round = 0; round < 100; round += 1) {
          const hunks = deriveHunks(baseline, live);
          const choice = choices.next().value as number;
          const hunk = hunks[choice % Math.max(1, hunks.length)];
          if (!hunk) break;
          if (choice % 3 === 0) live = applyLineEdit(live, rejectHunk(baseline, hunk));
          else baseline = acceptHunk(baseline, live, hunk);
        }
        assert.equal(baseline, live);
      }),
    );
  });

  it('keep their ids when others are settled or lines move', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}\n`);
    const live = lines.map((line, index) => (index % 10 === 5 ? `new ${line}` : line)).join('');
    const baseline = lines.join('');
    const [first, second, third] = deriveHunks(baseline, live);
    assert.ok(first && second && third);
    const afterAccept = deriveHunks(acceptHunk(baseline, live, first), live);
    assert.deepEqual(
      afterAccept.map((hunk) => hunk.id),
      [second.id, third.id],
    );
    const moved = deriveHunks(`top\n${baseline}`, `top\n${live}`);
    assert.deepEqual(
      moved.map((hunk) => hunk.id),
      [first.id, second.id, third.id],
    );
  });

  it('have ids of their own where the same change occurs twice', () => {
    fc.assert(
      fc.property(changedPair, ([baseline, live]) => {
        const ids = deriveHunks(baseline, live).map((hunk) => hunk.id);
        assert.equal(new Set(ids).size, ids.length);
      }),
    );
  });

  it('are none for equal texts', () => {
    fc.assert(fc.property(anyText, (text) => assert.deepEqual(deriveHunks(text, text), [])));
  });

  it('show a change of line ends, of the final newline and of the byte order mark', () => {
    assert.equal(deriveHunks('a\nb\n', 'a\r\nb\n').length, 1);
    assert.equal(deriveHunks('a\nb', 'a\nb\n')[0]?.baseStart, 1);
    assert.deepEqual(deriveHunks('\uFEFFa\n', 'a\n')[0]?.removed, ['a']);
  });

  it('cap what they quote, never what they count', () => {
    const long = 'x\n'.repeat(maxHunkPreviewLines + 50);
    const [hunk] = deriveHunks('', long);
    assert.equal(hunk?.added.length, maxHunkPreviewLines);
    assert.equal(hunk?.liveCount, maxHunkPreviewLines + 50);
  });

  it('stay few in a text of 20,000 changed lines, and the counts true', () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `line ${index}\n`);
    const baseline = lines.join('');
    const live = lines.map((line, index) => (index % 2 === 0 ? `new ${line}` : line)).join('');
    const { hunks, coarse, added, removed } = deriveChange(baseline, live);
    assert.deepEqual([hunks.length, added, removed], [maxInlineHunks, 20_000, 20_000]);
    assert.equal(coarse, true);
    const [first, second] = hunks;
    assert.ok(first && second);
    const settled = acceptHunk(applyLineEdit(live, rejectHunk(baseline, first)), live, first);
    assert.equal(settled, live);
    assert.ok(first.baseStart + first.baseCount < second.baseStart);
  });

  it('are one for a full rewrite of 3,000 lines', () => {
    const text = (word: string) =>
      Array.from({ length: 3000 }, (_, index) => `${word} ${index}\n`).join('');
    const [hunk, ...others] = deriveHunks(text('old'), text('new'));
    assert.deepEqual(others, []);
    assert.equal(splitLines(text('new')).length, hunk?.liveCount);
  });
});
