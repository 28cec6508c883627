import assert from 'node:assert/strict';
import { chmodSync, linkSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { findNames } from '../../../../src/adapters/disk/findNames';
import { createHiddenFiles } from '../../../../src/adapters/disk/hiddenFiles';
import { giveToOrdinaryUser } from '../../../support/ordinaryUser';
import { useTempFolder } from '../../../support/tempFolder';

describe('createHiddenFiles', () => {
  const folder = useTempFolder({
    '.env': 'SECRET=1',
    '.env.example': 'SECRET=',
    'src/credentials.ts': 'export {}',
    'sub/deep/server.key': 'k',
  });
  const hidden = () => createHiddenFiles({ root: folder().path });
  const isHidden = (path: string) => hidden().isHidden(folder().at(path));
  const listed = async (files = hidden()) =>
    (await files.list()).map((path) => path.slice(folder().path.length + 1));

  const hiddenByName = [
    ...['.env', 'a/.env', '.ENV', '.env.local', '.env.production', '.envrc', 'tests/.env'],
    ...['id_rsa', 'keys/id_ed25519', 'server.pem', 'x/y.KEY', 'store.p12', 'release.keystore'],
    ...['.ssh/config', '.aws/credentials', 'home/.kube/config', '.docker/config.json'],
    ...['.netrc', '.git-credentials', 'credentials.json', 'service-account-dev.json'],
  ];
  for (const path of hiddenByName) {
    it(`B06 hides ${path} by its name`, () => assert.equal(isHidden(path), true));
  }

  const plain = [
    ...['.env.example', '.env.sample', '.env.template', 'environment.ts', 'src/credentials.ts'],
    ...['test/fixtures/server.pem', 'node_modules/x/cert.pem', 'id_rsa.pub', '.npmrc', 'keys.ts'],
    ...['lib/python3.11/site-packages/certifi/cacert.pem', 'docs/.docker/Dockerfile', 'a.b:c'],
  ];
  for (const path of plain) {
    it(`leaves ${path} to be seen, which builds and tests need`, () =>
      assert.equal(isHidden(path), false));
  }

  it('B06 hides what leads to a hidden file: a link, a linked folder, a link to a missing one, a second name', async () => {
    symlinkSync('.env', folder().at('plain.txt'));
    symlinkSync('sub/deep', folder().at('door'));
    folder().write('private/.tandemignore', '*\n');
    folder().write('private/notes.md', 'n');
    symlinkSync('private', folder().at('open'));
    linkSync(folder().at('.env'), folder().at('second.txt'));
    const files = hidden();
    await files.list();
    for (const path of [
      'plain.txt',
      'door/server.key',
      'open/notes.md',
      'open/new',
      'second.txt',
    ]) {
      assert.equal(files.isHidden(folder().at(path)), true, path);
    }
  });

  it('B06 lists real paths with second names, and what a rename left under another hidden name', async () => {
    linkSync(folder().at('.env'), folder().at('sub/second.txt'));
    symlinkSync('../.env', folder().at('sub/link.txt'));
    renameSync(folder().at('sub/deep/server.key'), folder().at('sub/deep/old.pem'));
    assert.deepEqual(await listed(), ['.env', 'sub/deep/old.pem', 'sub/second.txt']);
  });

  it('lists on where a hidden name is a link that leads nowhere or to itself', async () => {
    symlinkSync('.env.a', folder().at('.env.a'));
    symlinkSync('gone', folder().at('.env.b'));
    assert.deepEqual(await listed(), ['.env', '.env.a', '.env.b', 'sub/deep/server.key']);
  });

  it('takes a .tandemignore in the root and in folders, in gitignore syntax', async () => {
    folder().write('.tandemignore', '# ours\n/data/\n*.dump\nnotes/**/private.md\n\\#odd\n');
    folder().write('sub/.tandemignore', '/only-here.txt\n');
    for (const path of ['data/a/b.csv', 'x/y.dump', 'notes/private.md', 'notes/a/b/private.md']) {
      folder().write(path, 'x');
      assert.equal(isHidden(path), true, path);
    }
    for (const path of ['#odd', 'sub/only-here.txt']) assert.equal(isHidden(path), true, path);
    for (const path of [
      'sub/data/a.csv',
      'sub/deep/only-here.txt',
      'only-here.txt',
      'notes/a.md',
    ]) {
      assert.equal(isHidden(path), false, path);
    }
    folder().write('sub/only-here.txt', 'x');
    assert.deepEqual(await listed(), [
      '.env',
      'data',
      'notes/a/b/private.md',
      'notes/private.md',
      'sub/deep/server.key',
      'sub/only-here.txt',
      'x/y.dump',
    ]);
  });

  it('only ever hides more: no .tandemignore shows what the usual names or another one hide', () => {
    folder().write('.tandemignore', '!.env\n!*.key\nsub/secret.md\n');
    folder().write('sub/.tandemignore', '!secret.md\n!server.key\n');
    for (const path of ['.env', 'sub/deep/server.key', 'sub/secret.md']) {
      assert.equal(isHidden(path), true, path);
    }
  });

  it('lets the person, and nobody else, show what is hidden usually, or hide more everywhere', async () => {
    let personal = ['!.env', '*.sql'];
    const files = createHiddenFiles({ root: folder().path, personal: () => personal });
    folder().write('dump.sql', '');
    assert.equal(files.isHidden(folder().at('.env')), false);
    assert.equal(files.isHidden(folder().at('a/dump.sql')), true);
    assert.deepEqual(await listed(files), ['dump.sql', 'sub/deep/server.key']);
    folder().write('.tandemignore', '.env\n!*.sql\n');
    assert.equal(files.isHidden(folder().at('.env')), true, 'a folder may still hide it');
    assert.equal(files.isHidden(folder().at('dump.sql')), true);
    personal = [];
    assert.equal(files.isHidden(folder().at('dump.sql')), false);
  });

  it('takes a changed .tandemignore at once', () => {
    const files = hidden();
    assert.equal(files.isHidden(folder().at('a.md')), false);
    folder().write('.tandemignore', 'a.md\n');
    assert.equal(files.isHidden(folder().at('a.md')), true);
  });

  it('hides what nobody can look at, and everything where a .tandemignore cannot be understood', () => {
    assert.equal(hidden().isHidden(folder().at('x'.repeat(5000))), true);
    mkdirSync(folder().at('odd'));
    symlinkSync('loop', folder().at('odd/loop'));
    assert.equal(isHidden('odd/loop/file'), true);
  });

  it('lists a folder of many files in well under a second, packages left out', async () => {
    for (let i = 0; i < 2000; i++) folder().write(`node_modules/p${i % 50}/f${i}.pem`, '');
    const startedAt = performance.now();
    assert.deepEqual(await listed(), ['.env', 'sub/deep/server.key']);
    assert.ok(performance.now() - startedAt < 2000);
  });

  it('lists what it can where a folder may not be looked into', async function () {
    if (process.getuid?.() !== 0) this.skip();
    folder().write('closed/.env', '');
    giveToOrdinaryUser(folder().path);
    chmodSync(folder().at('closed'), 0);
    const files = hidden();
    process.setegid?.(65_534);
    process.seteuid?.(65_534);
    try {
      assert.deepEqual(await listed(files), ['.env', 'sub/deep/server.key']);
    } finally {
      process.seteuid?.(0);
      process.setegid?.(0);
    }
  });

  it('B06 rejects rather than lists a part where a pattern or the search itself fails', async () => {
    const { path } = folder();
    await assert.rejects(
      findNames({ folder: `${path}/none`, patterns: ['x'], unsearched: ['.git'] }),
    );
    await assert.rejects(findNames({ folder: path, inodes: ['x' as never], unsearched: ['.git'] }));
  });

  it('rejects where the folder is gone: nobody knows then what to mask', async () => {
    const files = hidden();
    folder().remove();
    await assert.rejects(files.list());
  });
});
