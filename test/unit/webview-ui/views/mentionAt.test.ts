import assert from 'node:assert/strict';
import { mentionAt } from '../../../../webview-ui/src/views/Composer/mentionAt';

describe('mentionAt', () => {
  const at = (text: string, caret = text.length) => mentionAt(text, caret);

  it('reads what follows an @ that begins a word, up to the caret', () => {
    assert.deepEqual(at('@'), { start: 0, scope: 'all', query: '' });
    assert.deepEqual(at('see @src/sl'), { start: 4, scope: 'all', query: 'src/sl' });
    assert.deepEqual(at('see @slug and', 6), { start: 4, scope: 'all', query: 's' });
    assert.deepEqual(at('(@a'), { start: 1, scope: 'all', query: 'a' });
  });

  it('reads the kind that is looked for', () => {
    assert.deepEqual(at('@symbol:Thr'), { start: 0, scope: 'symbol', query: 'Thr' });
    assert.deepEqual(at('@folder:'), { start: 0, scope: 'folder', query: '' });
  });

  it('takes no address of a mail and no finished word for one', () => {
    for (const text of ['me@example', '@slug.js ', '', 'a @ b']) assert.equal(at(text), undefined);
  });
});
