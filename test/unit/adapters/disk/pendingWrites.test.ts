import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { createDiskFiles } from '../../../../src/adapters/disk/diskFiles';
import { temporaryPrefix } from '../../../../src/adapters/disk/pendingWrites';
import { thisProcess } from '../../../../src/adapters/disk/processOwner';
import { useTempFolder } from '../../../support/tempFolder';

describe('what a killed process was writing', () => {
  const folder = useTempFolder({ 'ws/a.txt': 'a\n', 'ws/sub/b.txt': 'b\n' });
  const names = (...segments: string[]) => readdirSync(folder().at(...segments)).sort();
  const ended = () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    return { ...thisProcess(), pid };
  };

  /** What a process leaves that ends between the temporary files and the renames. */
  function leave(id: string, owner: object): void {
    const folders = [folder().at('ws'), folder().at('ws/sub'), folder().at('ws/gone')];
    folder().write(`state/writes/${id}`, JSON.stringify({ ...owner, folders }));
    folder().write(`ws/${temporaryPrefix(id)}0`, 'new a\n');
    folder().write(`ws/sub/${temporaryPrefix(id)}1`, 'old b\n');
  }

  const start = () =>
    createDiskFiles({ root: folder().at('ws'), stateFolder: folder().at('state') });

  it('is removed by the next start, also where its id is used again and after another boot', () => {
    leave('aaaaaaaaaaaa', ended());
    leave('bbbbbbbbbbbb', { ...thisProcess(), startTime: '1' });
    leave('cccccccccccc', { ...thisProcess(), bootId: 'another' });
    start();
    assert.deepEqual(names('ws'), ['a.txt', 'sub']);
    assert.deepEqual(names('ws', 'sub'), ['b.txt']);
    assert.deepEqual(names('state', 'writes'), []);
  });

  it('stays where that process lives, and files of that name that are nobody’s stay, too', () => {
    leave('aaaaaaaaaaaa', thisProcess());
    folder().write('ws/.tandem-mine', 'a person’s\n');
    leave('bbbbbbbbbbbb', ended());
    start();
    assert.deepEqual(names('ws'), ['.tandem-aaaaaaaaaaaa-0', '.tandem-mine', 'a.txt', 'sub']);
    assert.deepEqual(names('state', 'writes'), ['aaaaaaaaaaaa']);
  });

  it('is no longer noted once files are in place, or back', async () => {
    const files = start();
    const bytes = Buffer.from('x');
    await files.apply([{ path: 'a.txt', bytes, expected: Buffer.from('a\n') }]);
    assert.deepEqual(names('state', 'writes'), []);
    folder().write('ws/file', '');
    const impossible = { path: 'file/below', bytes, expected: null };
    await assert.rejects(files.apply([{ path: 'a.txt', bytes, expected: bytes }, impossible]));
    assert.deepEqual(names('state', 'writes'), []);
    assert.deepEqual(names('ws'), ['a.txt', 'file', 'sub']);
  });

  it('does not keep anybody from writing where it cannot be noted', async () => {
    folder().write('state/writes', 'a file in the place of the folder');
    const files = start();
    await files.apply([{ path: 'new.txt', bytes: Buffer.from('x'), expected: null }]);
    assert.ok(existsSync(folder().at('ws', 'new.txt')));
  });

  it('has no record left that was cut off before anything followed', () => {
    const path = folder().write('state/writes/aaaaaaaaaaaa', '{"pid":');
    start();
    assert.deepEqual(names('state', 'writes'), ['aaaaaaaaaaaa']);
    utimesSync(path, 1, 1);
    start();
    assert.deepEqual(names('state', 'writes'), []);
  });
});
