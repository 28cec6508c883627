import assert from 'node:assert/strict';
import { readMarkdown } from '../../../../webview-ui/src/components/readMarkdown';
import { splitCitations } from '../../../../webview-ui/src/components/citations';
import { splitMarkdown } from '../../../../webview-ui/src/components/markdownBlocks';

const list = (depth: number) =>
  Array.from({ length: depth }, (_, level) => `${' '.repeat(2 * level)}- item`).join('\n');

describe('a part of Markdown', () => {
  it('is read where it is what people and models write', () => {
    for (const text of ['# a\n\nb *c*', list(8), '> > > quoted', '| a | b |\n|-|-|\n| 1 | 2 |']) {
      assert.ok(readMarkdown(text), text);
    }
  });

  it('is read whole where it is one long piece of code', () => {
    assert.ok(readMarkdown(`\`\`\`js\n${'const a = 1;\n'.repeat(50_000)}\`\`\``));
  });

  const hostile: readonly (readonly [string, string])[] = [
    ['5 MB of nested lists', list(28).concat('\n').repeat(4000)],
    ['a list 2,000 levels deep', list(2000)],
    ['lists opened in one line', '- '.repeat(5000)],
    ['quotes opened in one line', '>'.repeat(5000)],
    ['quotes and lists by turns', '> - 1. '.repeat(600)],
    ['a line of 100,000 characters', 'a'.repeat(100_000)],
    ['thousands of brackets', '['.repeat(4000)],
    ['thousands of stars', '*'.repeat(4000)],
    ['exclamation marks and brackets', '!['.repeat(2000)],
  ];
  for (const [what, text] of hostile) {
    it(`D04 stays plain text where it is ${what}`, () => {
      assert.equal(readMarkdown(text), undefined);
    });
  }

  it('D04 takes no long time over what only just is read', () => {
    for (const piece of [
      '*a ',
      '_a_',
      '**a',
      '[a](',
      '~~a~',
      '`a',
      '<a ',
      '<',
      '==\n',
      '- a\n',
      '|a',
    ]) {
      const line = piece.repeat(4900 / piece.length);
      readMarkdown(`${line}\n`.repeat(3).slice(0, 15_000));
    }
  }).timeout(30_000);

  it('D04 finds places in a line of 100,000 characters at once', () => {
    for (const piece of ['a+', '+', '../', 'a/', 'a.', 'a-', '@', 'a.b:']) {
      splitCitations(piece.repeat(100_000 / piece.length));
    }
    const far = `${'x '.repeat(50_000)}src/a.js:3`;
    assert.equal(splitCitations(far).filter((piece) => 'citation' in piece).length, 1);
  }).timeout(10_000);

  it('D04 is split from 5 MB without losing a word', () => {
    const parts = splitMarkdown('- a\n\nb\n\n'.repeat(500_000));
    assert.equal(parts.join('').match(/[ab]/g)?.length, 1_000_000);
  }).timeout(20_000);
});
