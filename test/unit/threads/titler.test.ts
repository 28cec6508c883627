import assert from 'node:assert/strict';
import { titleOf } from '../../../src/threads/titler';

const title = (text: string) => titleOf({ text, attachments: [] });

describe('titleOf', () => {
  it('takes the first line', () => assert.equal(title('  Fix slug\n\nplease'), 'Fix slug'));
  it('cuts a long line at a word', () => {
    const long = title(`Replace every occurrence of ${'word '.repeat(30)}`);
    assert.ok(long.length <= 61 && long.endsWith('word…'), long);
  });
  it('cuts a line that is one word', () =>
    assert.equal(title('x'.repeat(99)), `${'x'.repeat(60)}…`));
  it('names a thread without text', () => assert.equal(title(' '), 'New thread'));
});
