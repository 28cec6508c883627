import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readTerminalText, tailOf } from '../../../../webview-ui/src/components/terminalText';

function text(raw: string): string {
  return readTerminalText(raw)
    .map((line) => line.map((span) => span.text).join(''))
    .join('\n');
}

describe('readTerminalText', () => {
  it('keeps colours and emphasis', () => {
    assert.deepEqual(readTerminalText('\x1b[1;31mred\x1b[0m no'), [
      [
        { text: 'red', style: { bold: true, color: 1 } },
        { text: ' no', style: {} },
      ],
    ]);
    assert.deepEqual(readTerminalText('\x1b[38;5;196ma\x1b[48;2;1;2;3mb')[0], [
      { text: 'a', style: { color: 'rgb(255 0 0)' } },
      { text: 'b', style: { color: 'rgb(255 0 0)', background: 'rgb(1 2 3)' } },
    ]);
    assert.deepEqual(readTerminalText('\x1b[92mok')[0], [{ text: 'ok', style: { color: 10 } }]);
  });

  it('ends a progress bar as its last state', () => {
    assert.equal(text('10%\r50%\r100%\n'), '100%');
    assert.equal(text('downloading\r\x1b[Kdone'), 'done');
    assert.equal(text('abc\b\bX'), 'aXc');
  });

  it('reads line ends of a terminal and expands tabs', () => {
    assert.equal(text('a\r\nb\tc\r\n'), 'a\nb       c');
  });

  it('D09 keeps text visible that says to be hidden, and turns colours round', () => {
    assert.deepEqual(readTerminalText('\x1b[8mhidden\x1b[0m'), [[{ text: 'hidden', style: {} }]]);
    assert.deepEqual(readTerminalText('\x1b[7;9;31ma\x1b[27;29mb'), [
      [
        { text: 'a', style: { inverse: true, strike: true, color: 1 } },
        { text: 'b', style: { color: 1 } },
      ],
    ]);
  });

  it('leaves out titles, links, cursor movement and cut sequences', () => {
    assert.equal(text('\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b\x1b]8;;\x1b\\'), 'ab');
    assert.equal(text('\x1b[2J\x1b[H\x1b[?25la\x1b(B'), 'a');
    assert.equal(text('a\x1b['), 'a');
    assert.equal(text('a\x1b]0;never ends'), 'a');
  });

  it('lets no escape character through, whatever comes', () => {
    const piece = fc.constantFrom(
      '\x1b',
      '[',
      '31',
      'm',
      ']',
      '\x07',
      '\r',
      '\n',
      'a',
      'K',
      '999999C',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        assert.doesNotMatch(text(pieces.join('')), /[\x00-\x09\x0b-\x1f\x7f]/);
      }),
    );
  });
});

describe('tailOf', () => {
  it('begins at the start of a line', () => {
    assert.equal(tailOf('first\nsecond\nthird', 10), 'third');
    assert.equal(tailOf('short', 10), 'short');
  });
});
