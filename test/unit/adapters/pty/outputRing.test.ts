import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OutputRing } from '../../../../src/adapters/pty/outputRing';

describe('the output ring', () => {
  it('hands over everything while it fits, once', () => {
    const ring = new OutputRing(10);
    ring.push(Buffer.from('abc'));
    ring.push(Buffer.from('defghij'));
    assert.deepEqual(ring.take(false), { text: 'abcdefghij', omittedBytes: 0 });
    assert.deepEqual(ring.take(true), { text: '', omittedBytes: 0 });
  });

  it('keeps head and tail of what does not fit and marks the gap', () => {
    const ring = new OutputRing(10);
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') ring.push(Buffer.from(letter));
    assert.deepEqual(ring.take(true), {
      text: 'abcde\n…16 bytes omitted…\nvwxyz',
      omittedBytes: 16,
    });
  });

  it('keeps the end of a chunk that is larger than the ring', () => {
    const ring = new OutputRing(10);
    ring.push(Buffer.from('0123456789abcdefghij'));
    assert.equal(ring.take(true).text, '01234\n…10 bytes omitted…\nfghij');
  });

  it('waits for the rest of a character', () => {
    const ring = new OutputRing(100);
    const bytes = Buffer.from('日本');
    ring.push(bytes.subarray(0, 4));
    assert.equal(ring.take(false).text, '日');
    ring.push(bytes.subarray(4));
    assert.equal(ring.take(false).text, '本');
  });

  it('does not wait when the command has ended', () => {
    const ring = new OutputRing(100);
    ring.push(Buffer.from('a').subarray(0, 1));
    ring.push(Buffer.from('日').subarray(0, 2));
    assert.equal(ring.take(true).text, 'a\ufffd');
  });

  for (const [name, begin, end] of [
    ['a colour', 'red\x1b[3', '1m text'],
    ['a bare escape', 'red\x1b', '[31m text'],
    ['a title', 'red\x1b]0;my ti', 'tle\x07 text'],
    ['a character set', 'red\x1b(', 'B text'],
  ] as const) {
    it(`hands ${name} over when it is whole`, () => {
      const ring = new OutputRing();
      ring.push(Buffer.from(begin));
      assert.equal(ring.take(false).text, 'red');
      ring.push(Buffer.from(end));
      assert.equal(ring.take(false).text, (begin + end).slice(3));
      ring.push(Buffer.from(begin));
      assert.equal(ring.take(true).text, begin, 'nothing is lost at the end');
    });
  }

  it('waits for no sequence that is none', () => {
    const ring = new OutputRing();
    const text = `\x1b]0;${'x'.repeat(500)}`;
    ring.push(Buffer.from(text));
    assert.equal(ring.take(false).text, text);
  });

  it('cuts no character at the gap', () => {
    const ring = new OutputRing(20);
    ring.push(Buffer.from('日'.repeat(30)));
    const { text, omittedBytes } = ring.take(true);
    assert.equal(text, `日日日\n…70 bytes omitted…\n日日日`);
    assert.equal(omittedBytes, 70);
  });

  it('holds the first and the last bytes, however they were cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 })),
        fc.integer({ min: 2, max: 40 }),
        (chunks, capacity) => {
          const ring = new OutputRing(capacity);
          for (const chunk of chunks) ring.push(Buffer.from(chunk));
          const all = chunks.join('');
          const half = Math.floor(capacity / 2);
          const { text, omittedBytes } = ring.take(true);
          if (all.length <= 2 * half) return assert.equal(text, all);
          assert.equal(omittedBytes, all.length - 2 * half);
          const gap = `\n…${omittedBytes} bytes omitted…\n`;
          assert.equal(text, all.slice(0, half) + gap + all.slice(-half));
        },
      ),
    );
  });
});
