import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { createRipgrepSearch } from '../../../../src/adapters/disk/ripgrepSearch';
import { useTempFolder } from '../../../support/tempFolder';

const { rgPath } = createRequire(__filename)('@vscode/ripgrep') as { rgPath: string };
const search = createRipgrepSearch({ rgPath });
const never = new AbortController().signal;

describe('createRipgrepSearch', () => {
  const folder = useTempFolder({ 'a.ts': 'one\ntwo\nthree\n', 'b.md': 'two\n', '-c.ts': 'two\n' });
  const find = (pattern: string, more: object = {}) => {
    const { path: cwd } = folder();
    return search.search({ pattern, path: cwd, cwd, maxResults: 10, ...more }, never);
  };

  it("answers in ripgrep's own format", async () => {
    assert.deepEqual(await find('two', { glob: '*.ts' }), {
      text: './-c.ts:1:two\n./a.ts:2:two\n',
      cut: false,
    });
  });

  it('shows context, and counts matching lines only', async () => {
    const found = await find('two', { path: folder().at('a.ts'), context: 1, maxResults: 1 });
    assert.equal(found.text, 'a.ts-1-one\na.ts:2:two\na.ts-3-three\n');
  });

  it('stops after the most results and says so', async () => {
    folder().write('many.txt', 'hit\n'.repeat(1000));
    const found = await find('hit', { maxResults: 3 });
    assert.equal(found.text.split('\n').length, 4);
    assert.equal(found.cut, true);
  });

  it('finds nothing without complaint', async () => {
    assert.deepEqual(await find('nowhere'), { text: '', cut: false });
  });

  it('takes a pattern for a pattern, whatever it looks like', async () => {
    assert.equal((await find('--pre=sh')).text, '');
  });

  it("passes on ripgrep's message for a bad pattern", async () => {
    await assert.rejects(find('('), /unclosed group/);
  });

  it('ends when it is interrupted', async () => {
    const query = { pattern: 'x', path: folder().path, cwd: folder().path, maxResults: 1 };
    await assert.rejects(search.search(query, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('says where ripgrep was looked for', async () => {
    const missing = createRipgrepSearch({ rgPath: '/nowhere/rg' });
    const query = { pattern: 'x', path: folder().path, cwd: folder().path, maxResults: 1 };
    await assert.rejects(missing.search(query, never), /not found at \/nowhere\/rg/);
  });
});
