import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createHiddenFiles } from '../../../../src/adapters/disk/hiddenFiles';
import { listFiles } from '../../../../src/adapters/disk/listFiles';
import { FileIndex } from '../../../../src/extension/mentions/fileIndex';
import { useTempFolder } from '../../../support/tempFolder';

const { rgPath } = createRequire(__filename)('@vscode/ripgrep') as { rgPath: string };

describe('FileIndex', () => {
  const folder = useTempFolder({
    'src/slug.js': '',
    'src/deep/cart.js': '',
    '.env': 'SECRET=1',
    'config/.env.local': 'SECRET=1',
    'private/notes.md': '',
    '.tandemignore': 'private/\n',
  });
  const open = () => {
    const { path: root } = folder();
    const list = (signal: AbortSignal) => listFiles(rgPath, root, signal);
    return new FileIndex({ root, list, hidden: createHiddenFiles({ root }) });
  };
  const search = (index: FileIndex, text: string) => index.search({ text, recent: [], limit: 20 });

  it('finds files and their folders, and nothing that is hidden from the agent', async () => {
    const index = open();
    const all = await search(index, '');
    assert.deepEqual([...all].sort(), [
      '.tandemignore',
      'config/',
      'src/',
      'src/deep/',
      'src/deep/cart.js',
      'src/slug.js',
    ]);
    assert.deepEqual(await search(index, 'env'), []);
    assert.deepEqual(await search(index, 'notes'), []);
  });

  it('leaves out what became hidden after the listing, and other names of it', async () => {
    const index = open();
    await search(index, '');
    folder().write('.tandemignore', 'cart.js\n');
    assert.deepEqual(await search(index, 'cart'), []);
    symlinkSync(folder().at('.env'), folder().at('harmless.txt'));
    index.markStale();
    await search(index, '');
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(await search(index, 'harmless'), []);
  });

  it('knows a new file soon after it was told that files came', async () => {
    const index = open();
    await search(index, '');
    folder().write('src/new.js', '');
    index.markStale();
    let found: readonly string[] = [];
    while (found.length === 0) {
      found = await search(index, 'new');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.deepEqual(found, ['src/new.js']);
  });

  it('lists what is below a folder', async () => {
    const below = await open().below('src/');
    assert.deepEqual([...below].sort(), ['src/deep/', 'src/deep/cart.js', 'src/slug.js']);
  });

  it('says so where a folder cannot be listed, and tries again with the next search', async () => {
    let fail = true;
    const { path: root } = folder();
    const list = async () => {
      if (fail) throw new Error('cannot be listed');
      return ['a.ts'];
    };
    const index = new FileIndex({ root, list, hidden: createHiddenFiles({ root }) });
    await assert.rejects(search(index, 'a'), /cannot be listed/);
    fail = false;
    assert.deepEqual(await search(index, 'a'), ['a.ts']);
  });
});

describe('listFiles', () => {
  const folder = useTempFolder({ 'a.ts': '', 'b/c.ts': '', 'b/ignored.log': '' });
  const list = () => listFiles(rgPath, folder().path, new AbortController().signal);

  it('names the files with their folders, hidden ones too, without the repository itself', async () => {
    mkdirSync(folder().at('.git'));
    folder().write('.git/config', '');
    folder().write('.gitignore', '*.log\n');
    assert.deepEqual([...(await list())].sort(), ['.gitignore', 'a.ts', 'b/c.ts']);
  });

  it('reads no configuration that the folder brings', async () => {
    folder().write('.ripgreprc', '--glob=!*.ts\n');
    process.env.RIPGREP_CONFIG_PATH = folder().at('.ripgreprc');
    try {
      assert.ok((await list()).includes('a.ts'));
    } finally {
      delete process.env.RIPGREP_CONFIG_PATH;
    }
  });

  it('names nothing in an empty folder', async () => {
    mkdirSync(folder().at('empty'));
    const none = await listFiles(rgPath, folder().at('empty'), new AbortController().signal);
    assert.deepEqual(none, []);
  });
});
