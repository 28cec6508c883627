import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ClipboardFilter } from '../../../../src/extension/terminals/clipboardFilter';

function filter(...chunks: readonly string[]): string {
  const one = new ClipboardFilter();
  return chunks.map((chunk) => one.filter(chunk)).join('');
}

describe('ClipboardFilter', () => {
  const attacks = [
    '\x1b]52;c;aGk=\x07',
    '\x1b]52;c;aGk=\x1b\\',
    '\x1b]52;c;?\x9c',
    '\x9d52;c;aGk=\x07',
    '\x1b]0052;c;aGk=\x07',
    '\x1b\x01]5\x002;c;aGk=\x07',
    `\x1b${'\x00'.repeat(200)}]52;c;aGk=\x07`,
    `\x1b]${'0'.repeat(200)}52;c;aGk=\x07`,
    '\x1b\x1b]52;c;aGk=\x07',
  ];

  it('takes out what writes or reads the clipboard, however it is written', () => {
    for (const attack of attacks) {
      assert.doesNotMatch(filter(`a${attack}b`), /aGk=|\?/, JSON.stringify(attack));
      assert.match(filter(`a${attack}b`), /^a[^]*b$/, JSON.stringify(attack));
    }
  });

  it('takes it out where it comes in pieces', () => {
    for (const attack of attacks) {
      assert.doesNotMatch(filter('a', ...attack, 'b'), /aGk=|\?/, JSON.stringify(attack));
    }
  });

  it('keeps everything else', () => {
    const links = '\x1b]8;;https://example.com\x07x\x1b]8;;\x07';
    const kept = `\x1b[31mred\x1b[0m\x1b]0;a title\x07${links}\x1b]520;x\x07\x1b]5;x\x07\x1b(B\x1b7`;
    assert.equal(filter(kept), kept);
    assert.equal(filter(...kept), kept);
  });

  it('keeps any text without such a sequence, whatever its pieces', () => {
    const piece = fc.string({
      unit: fc.constantFrom('a', '5', ';', '\x1b', '[', ']', '\x07', 'é'),
    });
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        // A number that is not 52 cannot begin one.
        const text = pieces.map((each) => each.replaceAll('5', '7'));
        const whole = `${text.join('')}.`;
        assert.equal(filter(...text, '.'), whole);
      }),
    );
  });
});
