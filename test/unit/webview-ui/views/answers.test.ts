import assert from 'node:assert/strict';
import { readAnswers } from '../../../../webview-ui/src/views/Question/answers';

const options = [
  { label: 'One', description: '' },
  { label: 'Two', description: '' },
];
const questions = ['a', 'b'].map((id) => ({ id, header: '', question: '?', options }));

describe('readAnswers', () => {
  it('answers with labels and own words once every question has something', () => {
    const chosen = { a: { option: 1, ownWords: 'ignored' } };
    assert.equal(readAnswers(questions, chosen), null);
    const both = { ...chosen, b: { option: 'own', ownWords: ' both ' } } as const;
    assert.deepEqual(readAnswers(questions, both), { a: 'Two', b: 'both' });
  });

  it('takes empty words of the person for no answer', () => {
    const empty = { a: { option: 0, ownWords: '' }, b: { option: 'own', ownWords: '  ' } } as const;
    assert.equal(readAnswers(questions, empty), null);
  });
});
