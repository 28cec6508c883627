import assert from 'node:assert/strict';
import { hunkLines, readDiff } from '../../../../webview-ui/src/components/diffLines';

describe('readDiff', () => {
  it('reads signs, drops the first header and marks what lies between hunks', () => {
    assert.deepEqual(readDiff('@@ -1 +1 @@\n-a\n+b\n c\n@@ -9 +9 @@\n-- d\n'), [
      { kind: 'removed', text: 'a' },
      { kind: 'added', text: 'b' },
      { kind: 'context', text: 'c' },
      { kind: 'gap', text: '⋯' },
      { kind: 'removed', text: '- d' },
    ]);
  });

  it('is empty for a binary file and says where a line end is missing', () => {
    assert.deepEqual(readDiff(''), []);
    assert.equal(readDiff('+a\n\\ No newline at end of file')[1]?.text, 'No newline at the end');
  });
});

describe('hunkLines', () => {
  it('counts the lines that a preview leaves out', () => {
    const hunk = {
      ...{ id: 'h', baseStart: 0, baseCount: 1, liveStart: 0, liveCount: 300 },
      ...{ removed: ['a'], added: ['b'] },
    };
    assert.deepEqual(hunkLines(hunk), [
      { kind: 'removed', text: 'a' },
      { kind: 'added', text: 'b' },
      { kind: 'gap', text: '299 more lines added' },
    ]);
  });
});
