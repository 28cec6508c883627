import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeContents, mergeText } from '../../../src/changes/mergeText';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('merging three versions', () => {
  const base = 'a\nb\nc\nd\ne\n';

  it('keeps what each side changed', () => {
    assert.equal(mergeText(base, 'A\nb\nc\nd\ne\n', 'a\nb\nc\nd\nE\n'), 'A\nb\nc\nd\nE\n');
    assert.equal(mergeText(base, '0\na\nb\nc\nd\ne\n', 'a\nc\nd\ne\n'), '0\na\nc\nd\ne\n');
  });

  it('keeps an edit right beside one of the other side', () => {
    assert.equal(mergeText(base, 'a\nb\nC\nd\ne\n', 'a\nB\nc\nd\ne\n'), 'a\nB\nC\nd\ne\n');
    assert.equal(mergeText(base, 'a\nb\nc\nnew\nd\ne\n', 'a\nd\ne\n'), 'a\nnew\nd\ne\n');
  });

  it('takes an equal edit of both sides once', () => {
    assert.equal(mergeText(base, 'a\nX\nc\nd\ne\n', 'a\nX\nc\nd\ne\nf\n'), 'a\nX\nc\nd\ne\nf\n');
  });

  it('has no answer where both sides changed the same line or put something in at one place', () => {
    assert.equal(mergeText(base, 'a\n1\nc\nd\ne\n', 'a\n2\nc\nd\ne\n'), undefined);
    assert.equal(mergeText(base, 'a\n1\nb\nc\nd\ne\n', 'a\n2\nb\nc\nd\ne\n'), undefined);
    assert.equal(mergeText('a\nb', 'a\nb\nc', 'a\nB'), undefined);
  });

  it('keeps line ends, byte order marks and a missing last line end', () => {
    assert.equal(
      mergeText('\uFEFFa\r\nb\r\nc', '\uFEFFA\r\nb\r\nc', '\uFEFFa\r\nb\r\nC'),
      '\uFEFFA\r\nb\r\nC',
    );
  });

  it('settles absent and binary files only where one side left them as they were', () => {
    const [one, two] = [bytes('1\0'), bytes('2\0')];
    assert.deepEqual(mergeContents(one, one, null), { content: null });
    assert.deepEqual(mergeContents(one, two, one), { content: two });
    assert.equal(mergeContents(one, two, null), undefined);
    assert.equal(mergeContents(one, two, bytes('3\0')), undefined);
    assert.equal(mergeContents(null, one, two), undefined);
  });

  it('never loses or makes up a line of either side', () => {
    const line = fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n', 'e\r\n');
    const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join(''));
    fc.assert(
      fc.property(text, text, text, (base, ours, theirs) => {
        assert.equal(mergeText(base, ours, base), ours);
        assert.equal(mergeText(base, base, theirs), theirs);
        const merged = mergeText(base, ours, theirs);
        assert.equal(merged, mergeText(base, theirs, ours));
        if (merged === undefined) return;
        const known = new Set([base, ours, theirs].flatMap((side) => side.match(/.*\r?\n/g) ?? []));
        for (const part of merged.match(/.*\r?\n/g) ?? []) assert.ok(known.has(part));
      }),
    );
  });
});
