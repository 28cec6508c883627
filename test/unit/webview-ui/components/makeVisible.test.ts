import assert from 'node:assert/strict';
import { makeVisible } from '../../../../webview-ui/src/components/makeVisible';

/** As a person would read it, labels in brackets. */
function read(text: string): string {
  return makeVisible(text)
    .map((segment) => {
      if (segment.kind === 'text') return segment.text;
      if (segment.kind === 'blank') return `[${segment.label}]`;
      return `${segment.shown}[${segment.label}]`;
    })
    .join('');
}

describe('makeVisible', () => {
  it('leaves ordinary commands as they are', () => {
    for (const text of ['npm test', "sed -i 's/a/b/' x\n  cat x", 'echo "Grüße 漢字"']) {
      assert.deepEqual(makeVisible(text), [{ kind: 'text', text }]);
    }
  });

  it('collapses long runs of blanks and of line breaks, with their count', () => {
    assert.equal(read(`a${' '.repeat(400)}b`), 'a[400 blanks]b');
    assert.equal(read('a\n\n\n\n \nb'), 'a[5 line breaks]b');
    assert.equal(read('a\n\nb'), 'a\n\nb');
  });

  it('spells out controls, escape characters and carriage returns', () => {
    assert.equal(read('a\x1b[2Kb\rc\0'), 'a[U+001B][2Kb[U+000D]c[U+0000]');
    assert.equal(read('a\tb'), 'a[tab]b');
  });

  it('spells out marks that reorder text or have no width', () => {
    assert.equal(read('a\u202eb\u2066c\u200bd\ufeff'), 'a[U+202E]b[U+2066]c[U+200B]d[U+FEFF]');
    assert.equal(read('a\u{e0041}b\u00a0c'), 'a[U+E0041]b[U+00A0]c');
  });

  it('tells letters that only look like ASCII', () => {
    assert.equal(read('exаmple'), 'exа[U+0430]mple');
    assert.equal(read('a；b／c'), 'a；[U+FF1B]b／[U+FF0F]c');
    assert.equal(read('git −−force'), 'git −[U+2212]−[U+2212]force');
  });

  it('tells combining marks and lone surrogates', () => {
    assert.equal(read('e\u0301'), 'e\u0301[U+0301]');
    assert.equal(read('a\ud800b'), 'a[U+D800]b');
  });

  it('drops nothing: what is plain and what is revealed add up to the text', () => {
    const text = `a${' '.repeat(9)}b\u200b\n\n\n\nc`;
    const plain = makeVisible(text).filter(({ kind }) => kind === 'text');
    assert.equal(plain.map((segment) => 'text' in segment && segment.text).join(''), 'abc');
    assert.equal(makeVisible(text).length, 6);
  });
});
