import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodePair, decodeText, encodeText, splitLines } from '../../../src/changes/textFile';

describe('textFile', () => {
  it('gives back every content byte for byte', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ min: 1, maxLength: 200 }),
      fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
      fc.uint8Array({ min: 1, maxLength: 200 }).map((tail) => Uint8Array.of(0xff, 0xfe, ...tail)),
      fc.uint8Array({ min: 1, maxLength: 200 }).map((tail) => Uint8Array.of(0xfe, 0xff, ...tail)),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        const file = decodeText(content);
        if (file) assert.deepEqual(encodeText(file), content);
      }),
    );
  });

  it('tells the encodings apart', () => {
    const encodingOf = (...bytes: number[]) => decodeText(Uint8Array.from(bytes))?.encoding;
    assert.equal(encodingOf(), 'utf8');
    assert.equal(encodingOf(0xef, 0xbb, 0xbf, 0x61), 'utf8');
    assert.equal(encodingOf(0xff, 0xfe, 0x61, 0), 'utf16le');
    assert.equal(encodingOf(0xfe, 0xff, 0, 0x61), 'utf16be');
    assert.equal(encodingOf(0x63, 0xe9), 'latin1');
    assert.equal(encodingOf(0x61, 0, 0x62), undefined);
    assert.equal(encodingOf(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), undefined);
  });

  it('keeps every line end where it is', () => {
    assert.deepEqual(splitLines('a\r\nb\nc\rd'), ['a\r\n', 'b\n', 'c\r', 'd']);
    assert.deepEqual(splitLines('\n\n'), ['\n', '\n']);
    assert.deepEqual(splitLines(''), []);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\u2028') }), (text) => {
        assert.equal(splitLines(text).join(''), text);
      }),
    );
  });

  it('finds an encoding that both sides of a change have in common', () => {
    const utf8 = new TextEncoder().encode('é');
    const legacy = Uint8Array.of(0xe9);
    assert.equal(decodePair(utf8, utf8)?.encoding, 'utf8');
    assert.deepEqual(decodePair(utf8, legacy), {
      encoding: 'latin1',
      before: '\u00c3\u00a9',
      after: 'é',
    });
    assert.equal(decodePair(null, legacy)?.encoding, 'latin1');
    assert.equal(decodePair(utf8, Uint8Array.of(0xff, 0xfe, 0x61, 0)), undefined);
    assert.equal(decodePair(utf8, Uint8Array.of(0)), undefined);
  });
});
