import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanTerminalText } from '../../../src/base/terminalText';

describe('terminal text', () => {
  const cases: [string, string, string][] = [
    ['keeps plain text and tabs', 'a\tb\nc', 'a\tb\nc'],
    ['turns CRLF into LF', 'a\r\nb\r\n', 'a\nb\n'],
    ['turns CRCRLF into LF', 'a\r\r\nb', 'a\nb'],
    ['drops colours', '\x1b[1;31mred\x1b[0m \x1b[38:2::1:2:3mx\x1b[m', 'red x'],
    ['drops titles and links', '\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b\x1b]8;;\x1b\\', 'ab'],
    ['drops device strings', 'a\x1bPq#0;2;0;0;0\x1b\\b\x1b_app\x1b\\c', 'abc'],
    ['drops 8-bit forms', 'a\x9b31mb\x9d0;t\x9cc\x85d', 'abcd'],
    ['drops short sequences', '\x1b(Ba\x1b7b\x1b=c\x1bMd', 'abcd'],
    ['drops a sequence that is cut off', 'a\x1b[3', 'a'],
    ['ends an endless title with its line', 'a\x1b]0;oops\nb', 'a\nb'],
    ['drops NUL, bell and the like', 'a\x00b\x07c\x7fd\x0e', 'abcd'],
    ['writes over what a carriage return went back to', '10%\r50%\r100%\n', '100%\n'],
    ['keeps the rest that was not written over', 'abcdef\rXY', 'XYcdef'],
    ['goes back with backspaces', 'abc\b\bX', 'aXc'],
    ['goes back no further than the start', 'a\b\b\bX', 'X'],
    ['erases to the end of a line', 'loading\r\x1b[Kdone', 'done'],
    ['erases a whole line', 'loading\x1b[2K\rdone', 'done'],
    ['keeps the column when it erases a line', 'ab\x1b[2Kc', '  c'],
    ['goes to the first column', 'loading\x1b[1Gdone\x1b[0K', 'done'],
    ['keeps what a carriage return alone went back over', 'abc\r', 'abc'],
    ['counts a character beyond the basic plane as one', '🎉🎉\b🙂', '🎉🙂'],
  ];
  for (const [name, raw, text] of cases) {
    it(name, () => assert.equal(cleanTerminalText(raw), text));
  }

  it('reads a million carriage returns, backspaces and erasures', () => {
    for (const piece of [
      '\r',
      'a\r',
      'ab\b',
      '\x1b[2Kx',
      '\x1b',
      '\x1b[',
      '\x1b]',
      '\x1bP\x1b\\',
    ]) {
      const text = cleanTerminalText(`${'y'.repeat(1000)}${piece.repeat(1_000_000)}`);
      assert.ok(text.length <= 1_002_000);
    }
  });

  it('leaves no control byte, whatever comes in', () => {
    const pieces = fc.constantFrom(
      '\x1b',
      '[',
      ']',
      'K',
      '2',
      '\r',
      '\b',
      '\n',
      'a',
      '\x9b',
      '\x00',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 60 }), (parts) => {
        assert.doesNotMatch(cleanTerminalText(parts.join('')), /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
      }),
    );
  });
});
