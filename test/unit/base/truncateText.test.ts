import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countTokens, cutMiddle, truncateMiddle } from '../../../src/base/truncateText';

describe('tokens', () => {
  it('are a quarter of the UTF-8 bytes, rounded up', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(countTokens(text), Math.ceil(Buffer.byteLength(text) / 4));
      }),
    );
    assert.equal(countTokens('\ud800x'), Math.ceil(Buffer.byteLength('\ud800x') / 4));
  });
});

describe('truncating the middle', () => {
  it('leaves a text alone that fits', () => {
    assert.equal(truncateMiddle('12345678', 2), '12345678');
  });

  it('keeps head and tail, and says how much went and how long it was', () => {
    const text = `${'a'.repeat(20)}\n${'b'.repeat(19)}\n`;
    assert.equal(
      truncateMiddle(text, 4),
      'Warning: truncated output (original token count: 11)\n' +
        'Total output lines: 2\n\naaaaaaaa…7 tokens truncated…bbbbbbb\n',
    );
  });

  it('never cuts through a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('é', '日', '🎉', 'a'), minLength: 20 }),
        fc.nat({ max: 10 }),
        (text, maxTokens) => {
          const cut = truncateMiddle(text, maxTokens);
          assert.ok(!cut.includes('\ufffd'));
          if (cut === text) return;
          const [head, tail] = cut.slice(cut.indexOf('\n\n') + 2).split(/…\d+ tokens truncated…/);
          assert.ok(text.startsWith(head ?? '?') && text.endsWith(tail ?? '?'));
          assert.ok(Buffer.byteLength(`${head}${tail}`) <= maxTokens * 4);
        },
      ),
    );
  });
});

describe('cutMiddle', () => {
  it('leaves the token count to those who said it already, and keeps the lines', () => {
    const text = 'a'.repeat(20) + '\n' + 'b'.repeat(20);
    assert.equal(
      truncateMiddle(text, 4),
      `Warning: truncated output (original token count: 11)\n${cutMiddle(text, 4)}`,
    );
    assert.match(cutMiddle(text, 4), /^Total output lines: 2\n\na/);
    assert.equal(cutMiddle('short', 4), 'short');
  });
});
