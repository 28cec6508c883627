import assert from 'node:assert/strict';
import { answerTexts, findMentions, replaceMentions } from '../../../src/protocol/commentMentions';

const known = new Set(['C1', 'C2', 'C12']);

describe('findMentions', () => {
  const named = (text: string) => findMentions(text, known).map(({ ids }) => ids.join('+'));

  it('finds the ways in which models name a comment', () => {
    for (const text of [
      '[C1] Done.',
      'Done, as [c1] asks.',
      '**[C1]** Done.',
      '- `[C1]` Done.',
      '### C1: the name',
      '**C1** \u2014 done',
      '1. C1: done',
      'Renamed it (C1).',
      'Renamed it (re: comment C1).',
      'Comment C1 is done.',
      'As comment 1 asks.',
      'Comment #1: done.',
      '[Comment C1]: done',
    ]) {
      assert.deepEqual(named(text), ['C1'], text);
    }
  });

  it('finds several at once', () => {
    assert.deepEqual(named('[C1, C2] Done.'), ['C1+C2']);
    assert.deepEqual(named('[C1][C2] Done.'), ['C1', 'C2']);
    assert.deepEqual(named('Comments 1 and 2 are done.'), ['C1+C2']);
    assert.deepEqual(named('[C1] a\n[C12] b'), ['C1', 'C12']);
  });

  it('takes nothing else for one', () => {
    for (const text of [
      'The cell C1 holds it.',
      'const x = table[C1];',
      '`comment 1` is a name',
      '```\n[C1]\n```',
      '[C7] is unknown',
      '[C1](https://example.org)',
      'AC1: no',
      '2 comments are left',
    ]) {
      assert.deepEqual(named(text), [], text);
    }
  });

  it('leaves the text as it is around what is replaced', () => {
    const text = replaceMentions('a **[C1]** b [C2, C9] c [C9]', known, ({ ids }) =>
      ids.map((id) => `<${id}>`).join(''),
    );
    assert.equal(text, 'a **<C1>** b <C2> c [C9]');
  });
});

describe('answerTexts', () => {
  const answers = (text: string) =>
    Object.fromEntries(answerTexts(text, known).map(({ id, text: said }) => [id, said]));

  it('takes the items of a list apart', () => {
    assert.deepEqual(
      answers(
        'Both are done.\n\n- [C1] Used `replaceAll`,\n  since it is plain.\n- [C2] Kept: it is public.\n\nTests pass.',
      ),
      { C1: 'Used `replaceAll`,\n  since it is plain.', C2: 'Kept: it is public.' },
    );
  });

  it('takes the paragraph that begins with it, with the code after it', () => {
    assert.deepEqual(
      answers('[C1] It was wrong. Now:\n\n```js\na();\n```\n\nAnd so on.\n\n**C2:** No.'),
      { C1: 'It was wrong. Now:\n\n```js\na();\n```', C2: 'No.' },
    );
  });

  it('takes all that stands under a heading, and the paragraph after a bare marker', () => {
    assert.deepEqual(answers('## [C1]\n\nOne.\n\nTwo.\n\n## Checks\n\nGreen.'), {
      C1: 'One.\n\nTwo.',
    });
    assert.deepEqual(answers('**[C2]**\n\nOne.\n\nTwo.'), { C2: 'One.' });
  });

  it('takes the paragraph that names it in its midst, whole', () => {
    assert.deepEqual(answers('First.\n\nI renamed it as [C1] asks.\n\nLast.'), {
      C1: 'I renamed it as [C1] asks.',
    });
  });

  it('joins what is said at several places', () => {
    assert.deepEqual(answers('[C1] One.\n\nOther.\n\n[C1] Two.'), { C1: 'One.\n\nTwo.' });
  });
});
