import assert from 'node:assert/strict';
import fc from 'fast-check';
import { minimalEdit } from '../../../src/extension/minimalEdit';

function apply(before: string, after: string): string {
  const edit = minimalEdit(before, after);
  return edit ? before.slice(0, edit.start) + edit.text + before.slice(edit.end) : before;
}

describe('minimalEdit', () => {
  it('replaces only what differs', () => {
    assert.deepEqual(minimalEdit('one two three', 'one 2 three'), { start: 4, end: 7, text: '2' });
  });

  it('answers nothing for equal texts', () => {
    assert.equal(minimalEdit('same', 'same'), undefined);
  });

  it('makes one text into the other, whatever they are', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n', '\r\n', '😀', '😁') });
    fc.assert(fc.property(text, text, (before, after) => apply(before, after) === after));
  });

  it('never cuts a line break or a surrogate pair in two', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\r\n', '\n', '😀', '😁') });
    const cuts = (value: string, index: number) =>
      /\r$/.test(value.slice(0, index)) && value[index] === '\n'
        ? true
        : /[\uD800-\uDBFF]$/.test(value.slice(0, index));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edit = minimalEdit(before, after);
        if (!edit) return true;
        const { start, end } = edit;
        const tail = after.length - (before.length - end);
        return ![
          cuts(before, start),
          cuts(before, end),
          cuts(after, start),
          cuts(after, tail),
        ].some(Boolean);
      }),
    );
  });
});
