import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitMarkdown } from '../../../../webview-ui/src/components/markdownBlocks';

describe('splitMarkdown', () => {
  it('splits at blank lines', () => {
    assert.deepEqual(splitMarkdown('# a\n\nb\nc\n\n\nd\n'), ['# a', 'b\nc', 'd']);
  });

  it('keeps fences, lists and indented parts whole', () => {
    const fence = '```js\na\n\nb\n```';
    const list = '1. one\n\n   more\n\n2. two';
    assert.deepEqual(splitMarkdown(`x\n\n${fence}\n\n${list}\n\ny`), ['x', fence, list, 'y']);
  });

  it('takes an open fence to the end', () => {
    assert.deepEqual(splitMarkdown('```\na\n\nb'), ['```\na\n\nb']);
  });

  it('never changes a finished part as the text grows', () => {
    const part = fc.constantFrom('a', '- b', '1. c', '```', '', '  d', '# e', '> f');
    fc.assert(
      fc.property(fc.array(part), part, (lines, next) => {
        const before = splitMarkdown(lines.join('\n'));
        const after = splitMarkdown([...lines, next].join('\n'));
        assert.deepEqual(after.slice(0, before.length - 1), before.slice(0, -1));
      }),
    );
  });
});
