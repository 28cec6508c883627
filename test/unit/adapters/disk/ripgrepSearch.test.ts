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

  it('leaves out files that are not to be seen, also what stands around their lines', async () => {
    folder().write('secret.txt', 'before\ntwo\nafter\n');
    folder().write('binary', 'two\0\0two');
    const seen: string[] = [];
    const leaveOut = (path: string) => {
      seen.push(path);
      return /secret|binary/.test(path);
    };
    const found = await find('two', { context: 1, leaveOut });
    assert.doesNotMatch(found.text, /secret|binary|before|after/);
    assert.match(found.text, /a\.ts:2:two/);
    assert.ok(seen.every((path) => path.startsWith(folder().path)));
    assert.equal(new Set(seen).size, seen.length, 'each file is asked about once');
    const one = await find('two', { path: folder().at('secret.txt'), leaveOut });
    assert.deepEqual(one, { text: '', cut: false });
  });

  it('Q22 keeps a bounded part of endless matches, and of endless lines', async () => {
    folder().write('many.txt', 'hit\n'.repeat(500_000));
    folder().write('long.txt', `hit ${'x'.repeat(20_000_000)} hit\n`.repeat(2));
    const found = await find('hit', { maxResults: 5000 });
    assert.equal(found.cut, true);
    assert.ok(found.text.length < 2 * 1024 * 1024);
    const around = await find('hit', { context: 20, maxResults: 5000 });
    assert.ok(around.text.length < 2 * 1024 * 1024);
  });

  it('Q26 gives whole characters back for broken text, split escapes and a million returns', async () => {
    const odd = Buffer.concat([
      Buffer.from('hit '),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xe2, 0x82]),
      Buffer.from('\u001b[31\n\u001b]0;t\n'),
      Buffer.alloc(1_000_000, '\r'),
      Buffer.from('hit\n'),
    ]);
    folder().write('odd.txt', odd);
    const { text } = await find('hit');
    assert.match(text, /odd\.txt:1:hit/);
    assert.ok(text.length < 10_000);
    assert.equal(JSON.parse(JSON.stringify(text)), text);
    assert.equal(Buffer.from(text).toString(), text);
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
