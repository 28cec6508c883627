import assert from 'node:assert/strict';
import type { ReviewFinding } from '../../../src/protocol/review';
import { placeToday } from '../../../src/threads/placeToday';

const finding: ReviewFinding = {
  ...{ id: 'f', title: 'Wrong', body: '', severity: 'major', confidence: 1, path: 'a.js' },
  ...{ startLine: 2, endLine: 3 },
};
const then = 'one\ntwo\nthree\nfour\n';

describe('placeToday', () => {
  const cases: readonly [string, string | null, Partial<ReviewFinding>][] = [
    ['stays where nothing moved it', then, {}],
    [
      'moves with its text, and keeps the lines of then',
      `new\nlines\n${then}`,
      { startLine: 4, endLine: 5, then: { startLine: 2, endLine: 3 } },
    ],
    [
      'is found between two other line ends',
      `new\r\n${then.replaceAll('\n', '\r\n')}`,
      { startLine: 3, endLine: 4, then: { startLine: 2, endLine: 3 } },
    ],
    ['says that its text became another', then.replace('two', 'deux'), { gone: true }],
    ['says that its text was removed', 'one\nfour\n', { gone: true }],
    ['says that its file was removed', null, { gone: true }],
    ['says that its file is no text any more', '\0', { gone: true }],
  ];
  for (const [what, now, expected] of cases) {
    it(what, () => {
      const bytes = now === null ? null : Buffer.from(now);
      assert.deepEqual(placeToday(finding, Buffer.from(then), bytes), { ...finding, ...expected });
    });
  }

  it('says that it is about a file the commit removed', () => {
    assert.deepEqual(placeToday(finding, null, null), { ...finding, gone: true });
  });
});
