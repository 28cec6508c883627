import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { createDiskFiles } from '../../../../src/adapters/disk/diskFiles';
import { EditConflictError, FileAccessError } from '../../../../src/ports/workspaceFiles';
import { makeTempFolder, useTempFolder } from '../../../support/tempFolder';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('createDiskFiles', () => {
  const folder = useTempFolder({ 'a.txt': 'a', 'sub/b.txt': 'b' });
  const files = () => createDiskFiles({ root: folder().path });
  const listing = () => readdirSync(folder().path, { recursive: true }).map(String).sort();

  it('reads bytes, and null for what does not exist', async () => {
    assert.deepEqual(Buffer.from((await files().read('a.txt'))!), Buffer.from('a'));
    assert.equal(await files().read('none/x'), null);
    assert.equal(await files().read('a.txt/x'), null);
  });

  it('writes, adds with folders, and deletes in one go', async () => {
    await files().apply([
      { path: 'a.txt', bytes: bytes('A'), expected: bytes('a') },
      { path: 'new/deep/c.txt', bytes: bytes('c'), expected: null },
      { path: 'sub/b.txt', bytes: null, expected: bytes('b') },
    ]);
    assert.equal(readFileSync(folder().at('a.txt'), 'utf8'), 'A');
    assert.deepEqual(listing(), ['a.txt', 'new', 'new/deep', 'new/deep/c.txt', 'sub']);
  });

  it('writes nothing where one file is not what was expected', async () => {
    const edits = [
      { path: 'new.txt', bytes: bytes('n'), expected: null },
      { path: 'a.txt', bytes: bytes('A'), expected: bytes('something else') },
    ];
    await assert.rejects(files().apply(edits), EditConflictError);
    assert.deepEqual(listing(), ['a.txt', 'sub', 'sub/b.txt']);
  });

  it('restores everything where a later file cannot be written', async () => {
    const edits = [
      { path: 'a.txt', bytes: bytes('A'), expected: bytes('a') },
      { path: 'sub/b.txt', bytes: null, expected: bytes('b') },
      { path: 'new/c.txt', bytes: bytes('c'), expected: null },
      { path: 'a.txt/impossible', bytes: bytes('x'), expected: null },
    ];
    await assert.rejects(files().apply(edits), FileAccessError);
    assert.equal(readFileSync(folder().at('a.txt'), 'utf8'), 'a');
    assert.deepEqual(listing(), ['a.txt', 'sub', 'sub/b.txt']);
  });

  it('keeps permission bits, also through a rename', async () => {
    chmodSync(folder().at('a.txt'), 0o755);
    await files().apply([
      { path: 'moved', bytes: bytes('a'), expected: null, modeOf: 'a.txt' },
      { path: 'a.txt', bytes: null, expected: bytes('a') },
    ]);
    assert.equal(statSync(folder().at('moved')).mode & 0o777, 0o755);
    await files().apply([{ path: 'moved', bytes: bytes('b'), expected: bytes('a') }]);
    assert.equal(statSync(folder().at('moved')).mode & 0o777, 0o755);
  });

  it('gives and takes the permission to execute, to all who may read', async () => {
    chmodSync(folder().at('a.txt'), 0o640);
    const same = { path: 'a.txt', bytes: bytes('a'), expected: bytes('a') };
    await files().apply([{ ...same, executable: true }]);
    assert.equal(statSync(folder().at('a.txt')).mode & 0o777, 0o750);
    assert.equal(await files().isExecutable('a.txt'), true);
    await files().apply([{ ...same, executable: false }]);
    assert.equal(statSync(folder().at('a.txt')).mode & 0o777, 0o640);
    assert.deepEqual(
      [await files().isExecutable('a.txt'), await files().isExecutable('none')],
      [false, false],
    );
  });

  it('tells which file a path leads to through links', async () => {
    symlinkSync('a.txt', folder().at('link'));
    symlinkSync('sub', folder().at('folder'));
    const paths = ['link', 'folder/b.txt', 'folder/new.txt', 'a.txt', 'none/x'];
    assert.deepEqual(await Promise.all(paths.map((path) => files().pathOfTarget(path))), [
      'a.txt',
      'sub/b.txt',
      'sub/new.txt',
      'a.txt',
      'none/x',
    ]);
  });

  for (const path of ['../x', '/etc/hosts', 'sub/../../x', 'a\0b']) {
    it(`refuses ${JSON.stringify(path)}`, async () => {
      await assert.rejects(files().read(path), FileAccessError);
      const edit = { path, bytes: bytes('x'), expected: null };
      await assert.rejects(files().apply([edit]), FileAccessError);
    });
  }

  it('refuses links that lead out, at the end, in the middle, and to nothing', async () => {
    const outside = makeTempFolder({ 'secret.txt': 's' });
    symlinkSync(outside.at('secret.txt'), folder().at('leaf'));
    symlinkSync(outside.path, folder().at('middle'));
    symlinkSync(outside.at('nothing'), folder().at('dangling'));
    for (const path of ['leaf', 'middle/secret.txt', 'middle/new/deep.txt', 'dangling']) {
      await assert.rejects(files().read(path), FileAccessError, path);
      const edit = { path, bytes: bytes('x'), expected: null };
      await assert.rejects(files().apply([edit]), FileAccessError, path);
    }
    assert.deepEqual(readdirSync(outside.path), ['secret.txt']);
    outside.remove();
  });

  it('writes through a link that stays inside', async () => {
    symlinkSync('a.txt', folder().at('link'));
    await files().apply([{ path: 'link', bytes: bytes('A'), expected: bytes('a') }]);
    assert.equal(readFileSync(folder().at('a.txt'), 'utf8'), 'A');
  });

  it('refuses a pipe at once, and a file that is too large', async () => {
    execFileSync('mkfifo', [folder().at('pipe')]);
    await assert.rejects(files().read('pipe'), FileAccessError);
    truncateSync(folder().write('large', ''), 60 * 1024 * 1024);
    await assert.rejects(files().read('large'), /larger than 50 MB/);
  });

  it('refuses a file that is named twice, also through a link', async () => {
    symlinkSync('a.txt', folder().at('link'));
    const edit = { bytes: bytes('x'), expected: bytes('a') };
    const twice = [
      { ...edit, path: 'a.txt' },
      { ...edit, path: 'link' },
    ];
    await assert.rejects(files().apply(twice), /named twice/);
    assert.equal(readFileSync(folder().at('a.txt'), 'utf8'), 'a');
  });

  it('says which root cannot be used, as soon as it is used', async () => {
    const none = createDiskFiles({ root: folder().at('none') });
    await assert.rejects(none.read('a.txt'), FileAccessError);
    await assert.rejects(
      none.apply([{ path: 'a.txt', bytes: Buffer.from('x'), expected: null }]),
      FileAccessError,
    );
    assert.equal(existsSync(folder().at('none')), false);
  });

  it('does not make a root anew that was taken away', async () => {
    const taken = files();
    await taken.read('a.txt');
    folder().remove();
    await assert.rejects(
      taken.apply([{ path: 'b.txt', bytes: Buffer.from('x'), expected: null }]),
      /does not exist any more; nothing was written/,
    );
    assert.equal(existsSync(folder().path), false);
  });

  it('refuses folders', async () => {
    await assert.rejects(files().read('sub'), FileAccessError);
    assert.ok(existsSync(folder().at('sub')));
  });
});
