import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { createDiskFiles } from '../../../../src/adapters/disk/diskFiles';
import { FileTransaction } from '../../../../src/adapters/disk/fileTransaction';
import { PinnedFolder } from '../../../../src/adapters/disk/pinnedFolder';
import { createRipgrepSearch } from '../../../../src/adapters/disk/ripgrepSearch';
import { EditConflictError, FileAccessError } from '../../../../src/ports/workspaceFiles';
import { giveToOrdinaryUser } from '../../../support/ordinaryUser';
import { useTempFolder } from '../../../support/tempFolder';

const { rgPath } = createRequire(__filename)('@vscode/ripgrep') as { rgPath: string };
const bytes = (text: string) => new TextEncoder().encode(text);
const withinMs = async <T>(limitMs: number, act: () => Promise<T>): Promise<T> => {
  const startedAt = performance.now();
  const result = await act();
  assert.ok(performance.now() - startedAt < limitMs, 'took too long');
  return result;
};

describe('paths of tools on the disk', () => {
  const folder = useTempFolder({ 'app/a.txt': 'a', 'app/sub/b.txt': 'b', 'app-evil/x': 'evil' });
  const files = () => createDiskFiles({ root: folder().at('app') });
  const edit = (path: string, expected: string | null = null) => ({
    path,
    bytes: bytes('written'),
    expected: expected === null ? null : bytes(expected),
  });
  const everything = () =>
    readdirSync(folder().path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.name}=${readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8')}`)
      .sort();

  async function refuses(path: string, expected: string | null = null) {
    const before = everything();
    await assert.rejects(files().read(path), FileAccessError, `read ${path}`);
    await assert.rejects(files().apply([edit(path, expected)]), FileAccessError, `write ${path}`);
    assert.deepEqual(everything(), before);
  }

  for (const path of ['../app-evil/x', '../app-evil/new', 'sub/../../app-evil/x']) {
    it(`B01 compares whole segments: ${path} is not inside`, () => refuses(path, 'evil'));
  }

  it('B01 takes a folder that only begins like the root for another one, also through a link', async () => {
    symlinkSync('../app-evil', folder().at('app/door'));
    await refuses('door/x', 'evil');
  });

  it('B04 refuses a link at the end, in the middle, with a missing tail, with `..` behind it, and one to nothing', async () => {
    symlinkSync('../app-evil/x', folder().at('app/leaf'));
    symlinkSync('../app-evil', folder().at('app/parent'));
    symlinkSync('../gone', folder().at('app/nothing'));
    symlinkSync('loop', folder().at('app/loop'));
    symlinkSync('..', folder().at('app/up'));
    for (const path of [
      ...['leaf', 'parent/x', 'parent/new/deep/f', 'parent/sub/../x', 'nothing', 'nothing/f'],
      ...['loop', 'loop/f', 'up/app-evil/x', 'up/new'],
    ]) {
      await refuses(path, path === 'leaf' || path.endsWith('/x') ? 'evil' : null);
    }
    // Text resolves `link/..` before anything is looked up, so it stays where it seems to be.
    assert.equal(Buffer.from((await files().read('parent/../a.txt'))!).toString(), 'a');
  });

  it('B04 denies where a folder may not be looked into, and does not guess', async function () {
    if (process.getuid?.() !== 0) this.skip();
    mkdirSync(folder().at('app/closed'));
    symlinkSync('../../app-evil', folder().at('app/closed/door'));
    giveToOrdinaryUser(folder().path);
    chmodSync(folder().at('app/closed'), 0);
    const disk = files();
    await disk.read('a.txt');
    process.setegid?.(65_534);
    process.seteuid?.(65_534);
    try {
      for (const path of ['closed/door/x', 'closed/new']) {
        await assert.rejects(disk.read(path), FileAccessError, path);
        await assert.rejects(disk.apply([edit(path)]), FileAccessError, path);
      }
    } finally {
      process.seteuid?.(0);
      process.setegid?.(0);
      chmodSync(folder().at('app/closed'), 0o755);
    }
  });

  it('B05 refuses a link that a confined command left behind, and leaves what it leads to alone', async () => {
    execFileSync('sh', ['-c', 'ln -s ../app-evil l && ln -s ../../app-evil/x sub/l'], {
      cwd: folder().at('app'),
    });
    await refuses('l/x', 'evil');
    await refuses('l/f');
    await refuses('sub/l', 'evil');
  });

  it('B05 writes into the folder that was checked, also where a link takes its place a moment later', async () => {
    const transaction = new FileTransaction();
    await transaction.write(folder().at('app/sub/new.txt'), bytes('new'), 0o644);
    renameSync(folder().at('app/sub'), folder().at('app/moved'));
    symlinkSync('../app-evil', folder().at('app/sub'));
    await assert.rejects(transaction.commit(), /was replaced/);
    assert.equal(await transaction.rollBack(), true);
    await transaction.close();
    assert.deepEqual(readdirSync(folder().at('app-evil')), ['x']);
    assert.deepEqual(readdirSync(folder().at('app/moved')), ['b.txt']);
  });

  it('B05 pins no folder that has a link in it', async () => {
    symlinkSync('sub', folder().at('app/door'));
    await assert.rejects(PinnedFolder.open(folder().at('app/door')));
    mkdirSync(folder().at('app/sub/deep'));
    await assert.rejects(PinnedFolder.open(folder().at('app/door/deep')), FileAccessError);
  });

  it('B05 refuses an edit whose link leads elsewhere than when it was judged', async () => {
    symlinkSync('a.txt', folder().at('app/link'));
    const judged = { ...edit('link', 'b'), leadsTo: 'a.txt' };
    execFileSync('ln', ['-sfn', 'sub/b.txt', folder().at('app/link')]);
    await assert.rejects(files().apply([judged]), /leads to another file by now/);
    assert.equal(readFileSync(folder().at('app/sub/b.txt'), 'utf8'), 'b');
  });

  it('B06 gives a second name a file of its own, so that what it shared its content with stays', async () => {
    folder().write('app/.git/config', '[core]\n');
    linkSync(folder().at('app/.git/config'), folder().at('app/second'));
    await files().apply([edit('second', '[core]\n')]);
    assert.equal(readFileSync(folder().at('app/.git/config'), 'utf8'), '[core]\n');
    assert.equal(readFileSync(folder().at('app/second'), 'utf8'), 'written');
  });

  it('B01 B02 B04 B05 reads and writes nothing outside, by whatever path through whatever links', async () => {
    const links: Readonly<Record<string, string>> = {
      ...{ door: '../app-evil', leaf: '../app-evil/x', up: '..', self: '.', loop: 'loop' },
      ...{ 'sub/door': '../door', 'sub/up': '../..', 'sub/gone': '../../gone', twice: 'sub/door' },
      absolute: folder().at('app-evil'),
    };
    for (const [path, target] of Object.entries(links)) {
      symlinkSync(target, folder().at('app', path));
    }
    const outside = () => readdirSync(folder().path).concat(readdirSync(folder().at('app-evil')));
    const before = outside();
    const disk = files();
    const names = [
      ...['door', 'leaf', 'up', 'self', 'loop', 'sub', 'gone', 'twice', 'absolute', 'a.txt'],
      ...['..', '.', '', 'x', 'new', 'app', 'app-evil', '...', '..x', '\\..\\', '%2e%2e'],
    ];
    let succeeded = 0;
    const path = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(path, async (segments) => {
        const name = segments.join('/');
        const read = await disk.read(name).catch(() => null);
        assert.notEqual(read && Buffer.from(read).toString(), 'evil', name);
        const written = { path: name, bytes: bytes('written'), expected: read };
        await disk.apply([written]).then(
          () => (succeeded += 1),
          (error: unknown) => {
            assert.ok(error instanceof FileAccessError || error instanceof EditConflictError, name);
          },
        );
        assert.equal(readFileSync(folder().at('app-evil/x'), 'utf8'), 'evil', name);
        assert.deepEqual(outside(), before, name);
      }),
      { numRuns: 500 },
    );
    assert.ok(succeeded > 10, 'some of them are plain paths inside');
  });

  it('B16 writes beside the file under a random name that nobody could put there before, and nobody else can read', async () => {
    const ids = new Set(Array.from({ length: 100 }, () => new FileTransaction().id));
    assert.equal(ids.size, 100);
    assert.ok([...ids].every((id) => /^[0-9a-f]{12}$/.test(id)));
    const transaction = new FileTransaction();
    await transaction.write(folder().at('app/a.txt'), bytes('new'), 0o600);
    const [name] = readdirSync(folder().at('app')).filter((each) => each.startsWith('.tandem-'));
    assert.equal(statSync(folder().at('app', name!)).mode & 0o777, 0o600);
    await transaction.rollBack();
    await transaction.close();
  });

  it('B16 refuses a temporary name that is taken, by a file or by a link', async () => {
    for (const put of [
      (path: string) => symlinkSync('../app-evil/x', path),
      (path: string) => writeFileSync(path, 'theirs'),
    ]) {
      const transaction = new FileTransaction();
      put(folder().at('app', `.tandem-${transaction.id}-0`));
      const write = transaction.write(folder().at('app/a.txt'), bytes('new'), 0o644);
      await assert.rejects(write, { code: 'EEXIST' });
      await transaction.close();
      assert.equal(readFileSync(folder().at('app-evil/x'), 'utf8'), 'evil');
    }
  });

  it('B17 refuses to write over what somebody changed between looking and writing', async () => {
    const disk = files();
    const seen = await disk.read('a.txt');
    writeFileSync(folder().at('app/a.txt'), 'theirs');
    const written = { path: 'a.txt', bytes: bytes('ours'), expected: seen };
    await assert.rejects(disk.apply([written]), EditConflictError);
    assert.equal(readFileSync(folder().at('app/a.txt'), 'utf8'), 'theirs');
    const gone = { path: 'sub/b.txt', bytes: bytes('ours'), expected: null };
    await assert.rejects(disk.apply([gone]), EditConflictError);
  });

  describe('B18 odd kinds and sizes', () => {
    const search = createRipgrepSearch({ rgPath });
    const find = (path: string) =>
      search.search(
        { pattern: 'a', path, cwd: folder().at('app'), maxResults: 5 },
        AbortSignal.timeout(5000),
      );

    it('B18 refuses pipes, sockets, devices and folders at once, for reading and searching', async () => {
      execFileSync('mkfifo', [folder().at('app/pipe')]);
      const server = createServer().listen(folder().at('app/socket'));
      await new Promise((resolve) => server.once('listening', resolve));
      if (process.getuid?.() === 0)
        execFileSync('mknod', [folder().at('app/device'), 'c', '1', '5']);
      try {
        for (const name of ['pipe', 'socket', 'device', 'sub']) {
          const path = folder().at('app', name);
          if (!existsSync(path)) continue;
          await withinMs(1000, () => assert.rejects(files().read(name), FileAccessError, name));
          await withinMs(1000, () => assert.rejects(files().apply([edit(name)]), FileAccessError));
          if (name !== 'sub') await withinMs(1000, () => assert.rejects(find(path), /neither/));
          assert.equal(lstatSync(path).isFile(), false);
        }
      } finally {
        server.close();
      }
    });

    it('B18 refuses 10 GB at once and says the size, also where it is sparse', async () => {
      truncateSync(folder().write('app/huge', ''), 10 * 1024 ** 3);
      await withinMs(1000, () => assert.rejects(files().read('huge'), /larger than 50 MB/));
      await withinMs(1000, () =>
        assert.rejects(find(folder().at('app/huge')), /larger than 100 MB/),
      );
      await withinMs(1000, () => find(folder().at('app')));
    });

    it('B18 answers about one line of 90 MB and one of 200 MB in about a second', async () => {
      folder().write('app/line.txt', 'a'.repeat(90 * 1024 ** 2));
      const found = await withinMs(3000, () => find(folder().at('app/line.txt')));
      assert.ok(found.text.length < 1000);
      folder().write('app/line.txt', 'a'.repeat(200 * 1024 ** 2));
      await withinMs(1000, () => assert.rejects(find(folder().at('app/line.txt')), /100 MB/));
      await withinMs(1000, () => assert.rejects(files().read('line.txt'), /50 MB/));
    });

    const contents: readonly [string, Buffer][] = [
      ['UTF-16 with its mark', Buffer.from('\ufeffzwei\r\n', 'utf16le')],
      ['invalid UTF-8', Buffer.from([0x61, 0xff, 0xfe, 0x0a, 0xc3, 0x28])],
      ['NULs', Buffer.from([0, 1, 2, 0])],
      ['a mark and mixed line ends', Buffer.from('\ufeffa\r\nb\nc\rd')],
    ];
    for (const [name, content] of contents) {
      it(`B18 gives back ${name} byte by byte`, async () => {
        folder().write('app/odd', content);
        assert.deepEqual(Buffer.from((await files().read('odd'))!), content);
        await files().apply([{ path: 'copy', bytes: content, expected: null }]);
        assert.deepEqual(readFileSync(folder().at('app/copy')), content);
      });
    }
  });
});
