import assert from 'node:assert/strict';
import {
  findLines,
  spanAfter,
  type LineSpan,
  type TextChange,
} from '../../../../src/extension/drafts/followLines';

/** What a change makes of lines 3 to 5 (from 0). */
function after(from: readonly [number, number], to: readonly [number, number], text: string) {
  const [line, character] = from;
  const [endLine, endCharacter] = to;
  const change: TextChange = {
    range: { start: { line, character }, end: { line: endLine, character: endCharacter } },
    text,
  };
  return spanAfter({ start: 3, end: 5 }, change);
}

describe('spanAfter', () => {
  const cases: readonly [string, ReturnType<typeof after>, LineSpan | undefined][] = [
    ['lines put in above', after([0, 0], [0, 0], 'a\nb\n'), { start: 5, end: 7 }],
    ['lines put in right before the first', after([3, 0], [3, 0], 'a\n'), { start: 4, end: 6 }],
    ['a line taken out above', after([1, 0], [2, 0], ''), { start: 2, end: 4 }],
    ['the end of the line above taken out', after([2, 4], [3, 0], ''), { start: 2, end: 4 }],
    ['words typed in it', after([4, 2], [4, 2], 'x'), { start: 3, end: 5 }],
    ['a line put in within', after([4, 2], [4, 2], '\n'), { start: 3, end: 6 }],
    ['a line taken out within', after([4, 0], [5, 0], ''), { start: 3, end: 4 }],
    ['its lines replaced', after([3, 0], [5, 9], 'a\nb'), { start: 3, end: 4 }],
    ['its end and more taken out', after([5, 3], [8, 2], ''), { start: 3, end: 5 }],
    ['its start and lines before taken out', after([1, 0], [4, 0], ''), { start: 1, end: 2 }],
    ['all of it and more taken out', after([2, 0], [7, 0], ''), undefined],
    ['lines put in below', after([6, 0], [6, 0], 'a\n'), { start: 3, end: 5 }],
  ];
  for (const [what, found, expected] of cases) {
    it(`keeps to the lines through ${what}`, () => assert.deepEqual(found, expected));
  }
});

describe('findLines', () => {
  const lines = ['a', 'b', 'c', 'a', 'b', 'd'];

  it('finds the nearest place where all of them stand in a row', () => {
    assert.deepEqual(findLines(lines, ['a', 'b'], 4), { start: 3, end: 4 });
    assert.deepEqual(findLines(lines, ['a', 'b'], 0), { start: 0, end: 1 });
    assert.deepEqual(findLines(lines, ['b', 'd'], 0), { start: 4, end: 5 });
  });

  it('finds nothing where only some of them stand', () => {
    assert.equal(findLines(lines, ['b', 'a'], 1), undefined);
    assert.equal(findLines([], ['a'], 9), undefined);
  });
});
