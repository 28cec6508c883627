import assert from 'node:assert/strict';
import { anchorAt, findPlace, linesOf } from '../../../src/changes/commentPlace';

const text = ['one', 'two', 'three', 'four', 'five', 'six'];

/** Where lines 3 to 4 of `text` are in another one. */
function placeIn(now: readonly string[]): string {
  const found = findPlace(now, anchorAt(text, 3, 4));
  return found ? `${found.startLine}-${found.endLine} ${found.standing}` : 'gone';
}

describe('findPlace', () => {
  it('finds lines where they were', () => {
    assert.equal(placeIn(text), '3-4 same');
  });

  it('follows them when lines come and go before them', () => {
    assert.equal(placeIn(['zero', 'half', ...text]), '5-6 same');
    assert.equal(placeIn(text.slice(1)), '2-3 same');
  });

  it('finds them without what stood around them', () => {
    assert.equal(placeIn(['three', 'four']), '1-2 same');
  });

  it('chooses of equal lines those with the same surroundings', () => {
    assert.equal(placeIn(['three', 'four', 'x', ...text]), '6-7 same');
  });

  it('finds other lines between those that stood around them', () => {
    assert.equal(placeIn(['one', 'two', 'drei', 'vier', 'viereinhalb', 'five']), '3-5 changed');
    assert.equal(placeIn(['zero', 'one', 'two', 'five', 'six']), '4-3 changed');
  });

  it('says where nothing is left of them', () => {
    assert.equal(placeIn(['something', 'else']), 'gone');
    assert.equal(placeIn([]), 'gone');
  });

  it('finds the gap that a deletion left by what is around it', () => {
    const gap = anchorAt(text, 3, 2);
    assert.deepEqual(gap.lines, []);
    assert.deepEqual(findPlace(['zero', ...text], gap), {
      ...{ startLine: 4, endLine: 3, standing: 'same' },
    });
    assert.equal(findPlace(text.toSpliced(2, 0, 'new'), gap)?.standing, 'changed');
  });

  it('tells empty lines apart by what is around them', () => {
    const spaced = ['a', '', 'b', '', 'c'];
    const place = findPlace(['', 'x', ...spaced], anchorAt(spaced, 4, 4));
    assert.deepEqual([place?.startLine, place?.endLine], [6, 6]);
  });

  it('keeps the length of a range that is too long to keep whole', () => {
    const long = Array.from({ length: 500 }, (_, index) => `line ${index}`);
    const anchor = anchorAt(long, 11, 410);
    assert.equal(anchor.lines.length, 200);
    const place = findPlace(['new', ...long], anchor);
    assert.deepEqual([place?.startLine, place?.endLine], [12, 411]);
  });

  it('reads lines whatever their ends, and none of binary files', () => {
    assert.deepEqual(linesOf(Buffer.from('\uFEFFa\r\nb\rc')), ['a', 'b', 'c']);
    assert.deepEqual(linesOf(Buffer.from('a\0b')), []);
    assert.deepEqual(linesOf(null), []);
  });
});
