import assert from 'node:assert/strict';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { summarizeChange } from '../../../src/changes/summarizeChange';
import { maxDiffLines, unifiedDiff } from '../../../src/changes/unifiedDiff';

const text = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 }), fc.constantFrom('', 'x'))
  .map(([lines, last]) => lines.map((line) => `${line}\n`).join('') + last);

describe('unifiedDiff', () => {
  it('turns the one text into the other when it is applied', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { diff } = unifiedDiff(before, after);
        assert.equal(applyPatch(before, `--- a\n+++ b\n${diff}`), after);
      }),
    );
  });

  it('shows three lines around each change and counts lines', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `${index + 1}\n`);
    const before = lines.join('');
    const after = before.replace('5\n', 'five\n').replace('20\n', '20\n21\n');
    assert.deepEqual(unifiedDiff(before, after), {
      diff: [
        '@@ -2,7 +2,7 @@',
        ...[' 2', ' 3', ' 4', '-5', '+five', ' 6', ' 7', ' 8'],
        '@@ -18,3 +18,4 @@',
        ...[' 18', ' 19', ' 20', '+21', ''],
      ].join('\n'),
      added: 2,
      removed: 1,
    });
  });

  it('cuts a very long diff and still counts all of it', () => {
    const { diff, added } = unifiedDiff('', 'x\n'.repeat(maxDiffLines + 500));
    assert.equal(added, maxDiffLines + 500);
    assert.match(diff, /\\ 501 more lines\n$/);
  });

  it('is empty for binary files', () => {
    assert.deepEqual(summarizeChange('f', Uint8Array.of(0), null), {
      path: 'f',
      kind: 'delete',
      diff: '',
      added: 0,
      removed: 0,
    });
  });
});
