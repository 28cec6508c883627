import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deriveChange } from '../../../src/changes/hunks';
import { mirrorEdits } from '../../../src/changes/mirrorEdits';
import { rememberRejected, type RejectedHunk } from '../../../src/changes/rejectedHunks';
import { applyLineEdit, rejectHunk } from './settleHunk';
import { changedPair } from './texts';

const deriveHunks = (baseline: string, live: string) => deriveChange(baseline, live).hunks;

const text = (...lines: string[]) => lines.map((line) => `${line}\n`).join('');

/** Rejects one hunk and answers the new live text with the memory of it. */
function reject(baseline: string, live: string, index: number): [string, RejectedHunk[]] {
  const hunk = deriveHunks(baseline, live)[index];
  assert.ok(hunk);
  return [
    applyLineEdit(live, rejectHunk(baseline, hunk)),
    rememberRejected(baseline, live, [hunk]),
  ];
}

describe('mirrorEdits', () => {
  it("takes the person's edits outside hunks over into the baseline", () => {
    const baseline = text('1', '2', '3', '4', '5', '6', '7');
    const live = text('1', '2', 'agent', 'agent', '4', '5', '6', '7');
    const next = text('0', '1', '2', 'agent', 'agent', '4', '5', 'mine', '7');
    assert.equal(
      mirrorEdits(baseline, live, next).baseline,
      text('0', '1', '2', '3', '4', '5', 'mine', '7'),
    );
  });

  it('lets edits inside a hunk, or touching it, extend the hunk', () => {
    const baseline = text('1', '2', '3', '4', '5');
    const live = text('1', '2', 'agent', '4', '5');
    for (const next of [
      text('1', '2', 'agent and me', '4', '5'),
      text('1', '2', 'agent', 'mine', '4', '5'),
      text('1', 'mine', 'agent', '4', '5'),
      text('1', '2', '4', '5'),
    ]) {
      assert.equal(mirrorEdits(baseline, live, next).baseline, baseline);
    }
  });

  it('keeps "reject all gives the start plus the person\'s own edits" for edits apart from hunks', () => {
    const source = fc.record({
      lines: fc.integer({ min: 12, max: 60 }),
      // Each slot of six lines is the agent's, the person's or nobody's, so edits never touch hunks.
      slots: fc.array(
        fc.tuple(fc.constantFrom('agent', 'person', 'nobody'), fc.nat(2), fc.nat(3)),
        { minLength: 2, maxLength: 10 },
      ),
    });
    fc.assert(
      fc.property(source, ({ lines, slots }) => {
        const start = Array.from({ length: lines }, (_, index) => `line ${index}\n`);
        const build = (...who: string[]) =>
          start
            .map((line, index) => {
              const slot = slots[Math.floor(index / 6)];
              if (!slot || !who.includes(slot[0])) return line;
              const offset = index % 6;
              if (offset < 2 || offset >= 2 + Math.max(1, slot[1])) return line;
              return offset === 2
                ? Array.from({ length: slot[2] }, (_, n) => `${slot[0]} ${index}.${n}\n`).join('')
                : '';
            })
            .join('');
        const { baseline } = mirrorEdits(build(), build('agent'), build('agent', 'person'));
        assert.equal(baseline, build('person'));
      }),
    );
  });

  it('never loses a change of the agent and never touches the live text', () => {
    fc.assert(
      fc.property(changedPair, changedPair, ([baseline, live], [, next]) => {
        const mirrored = mirrorEdits(baseline, live, next).baseline;
        const hunks = deriveHunks(mirrored, next);
        const rejected = hunks.reduceRight(
          (result, hunk) => applyLineEdit(result, rejectHunk(mirrored, hunk)),
          next,
        );
        assert.equal(rejected, mirrored);
        if (live === next) assert.equal(mirrored, baseline);
        if (live === baseline) assert.equal(mirrored, next);
      }),
    );
  });

  it('opens a hunk again when its reject is undone', () => {
    const baseline = text('1', '2', '3', '4', '5', '6', '7');
    const live = text('1', 'agent 2', '3', '4', '5', 'agent 6', '7');
    const [after, rejected] = reject(baseline, live, 0);
    assert.equal(after, text('1', '2', '3', '4', '5', 'agent 6', '7'));
    const undone = mirrorEdits(baseline, after, live, rejected);
    assert.equal(undone.baseline, baseline);
    assert.deepEqual(undone.rejected, []);
    assert.equal(deriveHunks(undone.baseline, live).length, 2);
  });

  it('opens it again after edits above it, and mirrors an equal edit elsewhere', () => {
    const baseline = text('1', '2', '3', '4', '5');
    const [after, rejected] = reject(baseline, text('1', '2', '3', 'agent', '5'), 0);
    const moved = mirrorEdits(baseline, after, `top\n${after}`, rejected);
    const reopened = mirrorEdits(
      moved.baseline,
      `top\n${after}`,
      text('top', '1', '2', '3', 'agent', '5'),
      moved.rejected,
    );
    assert.equal(reopened.baseline, text('top', '1', '2', '3', '4', '5'));

    const elsewhere = text('1', 'agent', '3', '4', '5');
    assert.equal(mirrorEdits(baseline, after, elsewhere, rejected).baseline, elsewhere);
  });

  it('opens every rejected hunk again, wherever a diff places it', () => {
    fc.assert(
      fc.property(changedPair, ([baseline, live]) => {
        const hunks = deriveHunks(baseline, live);
        const rejected = rememberRejected(baseline, live, hunks);
        const undone = mirrorEdits(baseline, baseline, live, rejected);
        assert.equal(undone.baseline, baseline);
      }),
    );
  });

  it('opens hundreds among 20,000 rejected places again without going through the file for each', () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => index);
    const base = lines.map((line) => `${line}\n`).join('');
    const agents = lines.map((line) => (line % 2 === 0 ? `x${line}\n` : `${line}\n`)).join('');
    const rejected = lines
      .filter((line) => line % 200 === 0)
      .map((start) => ({ start, restored: [`${start}\n`], taken: [`x${start}\n`] }));
    const mirrored = mirrorEdits(base, base, agents, rejected);
    assert.deepEqual(mirrored.rejected, []);
    assert.equal(
      mirrored.baseline.split('\n').filter((line) => line.startsWith('x')).length,
      19_800,
    );
  });
});
