import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createDiskFiles } from '../../../../src/adapters/disk/diskFiles';
import { EditConflictError, FileAccessError } from '../../../../src/ports/workspaceFiles';
import { useTempFolder } from '../../../support/tempFolder';

describe('links in the files of a folder', () => {
  const folder = useTempFolder({ 'ws/a.txt': 'a\n', 'outside/b.txt': 'b\n' });
  const at = (path: string) => folder().at(`ws/${path}`);
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text));
  const setLink = (path: string, target: string | null, expected: string | null) =>
    createDiskFiles({ root: folder().at('ws') }).setLink(path, bytes(target), bytes(expected));

  it('are made, replaced and taken away, and what they lead to is left alone', async () => {
    await setLink('link', 'a.txt', null);
    assert.equal(readlinkSync(at('link')), 'a.txt');
    await setLink('link', '../outside', 'a.txt');
    assert.equal(readlinkSync(at('link')), '../outside');
    await setLink('link', null, '../outside');
    assert.equal(lstatSync(at('link'), { throwIfNoEntry: false }), undefined);
    assert.equal(readFileSync(at('a.txt'), 'utf8'), 'a\n');
    assert.equal(readFileSync(folder().at('outside/b.txt'), 'utf8'), 'b\n');
  });

  it('are not put where something else is', async () => {
    symlinkSync('gone', at('other'));
    mkdirSync(at('folder'));
    for (const [path, expected] of [
      ['a.txt', null],
      ['a.txt', 'a\n'],
      ['folder', null],
      ['other', null],
      ['other', 'elsewhere'],
      ['absent', 'gone'],
    ] as const) {
      await assert.rejects(setLink(path, null, expected), EditConflictError, path);
    }
    assert.equal(readlinkSync(at('other')), 'gone');
  });

  it('B04 are not reached through other links, nor outside of the folder', async () => {
    symlinkSync('../outside', at('out'));
    symlinkSync('.', at('in'));
    symlinkSync('b.txt', folder().at('outside/link'));
    writeFileSync(at('c'), '');
    for (const path of [
      'out/link',
      'in/link',
      '../outside/link',
      '/etc/link',
      'c/link',
      'no/link',
      'a\0',
    ]) {
      await assert.rejects(setLink(path, 'x', null), FileAccessError, path);
      await assert.rejects(setLink(path, null, 'b.txt'), FileAccessError, path);
    }
    assert.equal(readlinkSync(folder().at('outside/link')), 'b.txt');
  });
});
