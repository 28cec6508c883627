import assert from 'node:assert/strict';
import { readableOutput } from '../../../src/headless/readableOutput';

describe('what the command line prints for people', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a clipboard write', 'a\x1b]52;c;ZXZpbA==\x07b', 'a⟨U+001B⟩]52;c;ZXZpbA==⟨U+0007⟩b'],
    ['colours that hide', '\x1b[8mrm x\x1b[0m', '⟨U+001B⟩[8mrm x⟨U+001B⟩[0m'],
    ['8-bit forms', 'a\x9d0;evil\x9cb', 'a⟨U+009D⟩0;evil⟨U+009C⟩b'],
    ['a line that goes back over another', 'safe\rrm x', 'safe⟨U+000D⟩rm x'],
    ['text that is turned round', 'a\u202eb', 'a⟨U+202E⟩b'],
  ];
  for (const [what, text, printed] of cases) {
    it(`D09 holds nothing that a terminal obeys: ${what}`, () => {
      const written: string[] = [];
      const readable = readableOutput({
        out: (each) => void written.push(each),
        err: (each) => void written.push(each),
      });
      readable.out(text);
      readable.err(text);
      assert.deepEqual(written, [printed, printed]);
    });
  }

  it('leaves lines, tabs and pictures as they are', () => {
    const written: string[] = [];
    const text = 'a\tb\nc\r\n👩🏽‍💻 Grüße\n';
    readableOutput({ out: (each) => void written.push(each), err() {} }).out(text);
    assert.deepEqual(written, [text]);
  });
});
