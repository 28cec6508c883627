import assert from 'node:assert/strict';
import { pickText } from '../../../src/extension/pickText';

describe('text of others in a list', () => {
  it('D05 hides nothing, draws no icon and stays in its line', () => {
    assert.equal(pickText('npm test'), 'npm test');
    assert.equal(pickText(' a\n\tb '), 'a b');
    assert.equal(pickText('echo $(check) done'), 'echo \\$(check) done');
    assert.equal(pickText('a\u202eb\u200b'), 'a⟨U+202E⟩b⟨U+200B⟩');
  });
});
