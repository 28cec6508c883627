import assert from 'node:assert/strict';
import { readPromptLink } from '../../../src/extension/readPromptLink';

describe('a link with a prompt', () => {
  const unknown: readonly (readonly [path: string, query: string])[] = [
    ['/new', ''],
    ['/new', 'prompt='],
    ['/new', 'prompt=   '],
    ['/new', 'settings={"tandem.approvalPolicy":"never"}&prompt=x'],
    ['/new', 'send=1'],
    ['/run', 'prompt=x'],
    ['/new/../run', 'prompt=x'],
    ['', 'prompt=x'],
    ['//new', 'prompt=x'],
    ['/NEW', 'prompt=x'],
  ];
  for (const [path, query] of unknown) {
    it(`C10 is none where it is ${JSON.stringify(`${path}?${query}`)}`, () => {
      assert.equal(readPromptLink(path, query), undefined);
    });
  }

  it('C10 gives text and nothing else, whatever follows it', () => {
    const query = 'prompt=Fix it&send=true&settings={"tandem.sandboxMode":"full-access"}';
    assert.equal(readPromptLink('/new', query), query.slice('prompt='.length));
    assert.equal(readPromptLink('/new', 'prompt=100% of a+b%20c'), '100% of a+b%20c');
  });

  it('C10 writes out what cannot be seen, and keeps ordinary words in any language', () => {
    const text = readPromptLink('/new', 'prompt=a\u200Bb\u202Ec\u{E0041}d\u0000e');
    assert.equal(text, 'a⟨U+200B⟩b⟨U+202E⟩c⟨U+E0041⟩d⟨U+0000⟩e');
    assert.equal(readPromptLink('/new', 'prompt=修正\nÜber'), '修正\nÜber');
  });

  it('C10 is cut, and says by how much', () => {
    const text = readPromptLink('/new', `prompt=${'x'.repeat(1_000_000)}`)!;
    assert.ok(text.length < 4100);
    assert.match(text, /^x{4000}\n\[996000 more characters of the link left out\]$/);
  });
});
