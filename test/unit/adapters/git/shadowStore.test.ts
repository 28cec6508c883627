import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createShadowStore } from '../../../../src/adapters/git/shadowStore';
import type { ContentStore } from '../../../../src/ports/contentStore';
import { fingerprint, makeFolder, silentLog, type TestFolder } from './folders';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('shadowStore', () => {
  let folder: TestFolder;
  let store: ContentStore;

  const openStore = (environment: NodeJS.ProcessEnv = process.env) =>
    createShadowStore({
      root: folder.root,
      stateFolder: folder.stateFolder,
      log: silentLog,
      environment,
    });

  /** Takes a state, acts, takes another; answers `path: before -> after` with the stored texts. */
  async function changesBy(act: () => unknown): Promise<string[]> {
    const from = await store.snapshot();
    await act();
    const to = await store.snapshot();
    assert.ok(from !== undefined && to !== undefined, store.notes().join());
    const text = async (id: string | null) =>
      id === null ? 'nothing' : JSON.stringify(Buffer.from(await store.get(id)).toString('latin1'));
    const changes = await store.diff(from, to);
    return Promise.all(
      changes.map(
        async ({ path, before, after, link }) =>
          `${path}: ${await text(before)} -> ${await text(after)}${link ? ' link' : ''}`,
      ),
    );
  }

  beforeEach(() => {
    folder = makeFolder();
    store = openStore();
  });
  afterEach(() => folder.dispose());

  describe('contents', () => {
    it('come back byte for byte, under the id git gives them', async () => {
      for (const content of [
        new Uint8Array(),
        bytesOf('a\r\n'),
        Uint8Array.from({ length: 3000 }, (_, n) => n),
      ]) {
        const id = await store.put(content);
        assert.equal(id, store.idOf(content));
        assert.equal(id, await store.put(content));
        assert.deepEqual(await store.get(id), content);
        const git = execFileSync('git', ['hash-object', '--stdin'], { input: content });
        assert.equal(git.toString().trim(), id);
      }
    });

    it('that were never stored are an error', async () => {
      await assert.rejects(store.get(store.idOf(bytesOf('unknown'))), /is not stored/);
      await assert.rejects(store.get('../../etc/passwd'), /not the id of a content/);
    });

    it('are readable by another store on the same folder', async () => {
      const id = await store.put(bytesOf('kept'));
      assert.deepEqual(await openStore().get(id), bytesOf('kept'));
    });
  });

  it('sees edited, new and deleted files', async () => {
    folder.write('edit', 'a\n');
    folder.write('dir/gone', 'b\n');
    const changes = await changesBy(() => {
      folder.sh("sed -i 's/a/x/' edit; rm -r dir; mkdir -p new/deep; echo n > new/deep/file");
    });
    assert.deepEqual(changes, [
      'dir/gone: "b\\n" -> nothing',
      'edit: "a\\n" -> "x\\n"',
      'new/deep/file: nothing -> "n\\n"',
    ]);
  });

  it('answers the same state where nothing changed, and none for touched files', async () => {
    folder.write('a', 'a');
    const first = await store.snapshot();
    assert.equal(await store.snapshot(), first);
    folder.sh('touch -d tomorrow a');
    assert.equal(await store.snapshot(), first);
    assert.deepEqual(await store.diff(first ?? '', first ?? ''), []);
  });

  it('sees an edit of the same length within the same moment', async () => {
    folder.write('a', '1');
    for (let round = 0; round < 10; round += 1) {
      const content = String(round % 2 === 0 ? 2 : 1);
      assert.equal((await changesBy(() => folder.write('a', content))).length, 1);
    }
  });

  it('takes any file name', async () => {
    const names = [
      ' sp ace ',
      '-dash',
      '--all',
      'new\nline',
      'ünï/✅',
      '*?[x]',
      '"quoted"',
      ':x',
      'a\\b',
    ];
    const changes = await changesBy(() => names.forEach((name) => folder.write(name, name)));
    assert.equal(changes.length, names.length);
    assert.ok(changes.some((line) => line.startsWith('new\nline: nothing ->')));
    const gone = await changesBy(() => folder.sh('rm -rf -- * " sp ace "'));
    assert.equal(gone.length, names.length);
  });

  it('stores hundreds of files at once and gives each one back', async () => {
    const names = Array.from({ length: 450 }, (_, index) => `d${index % 7}/f${index}`);
    const changes = await changesBy(() =>
      names.forEach((name) => folder.write(name, name === 'd0/f0' ? '' : `${name}\r\n`)),
    );
    const expected = names.map((name) =>
      name === 'd0/f0' ? `${name}: nothing -> ""` : `${name}: nothing -> "${name}\\r\\n"`,
    );
    assert.deepEqual(changes.sort(), expected.sort());
  });

  it('sees a file become a folder and a folder become a file', async () => {
    folder.write('a', 'file');
    folder.write('b/c', 'inside');
    const changes = await changesBy(() =>
      folder.sh('rm -r a b; mkdir a; echo 1 > a/x; echo 2 > b'),
    );
    assert.deepEqual(changes.sort(), [
      'a/x: nothing -> "1\\n"',
      'a: "file" -> nothing',
      'b/c: "inside" -> nothing',
      'b: nothing -> "2\\n"',
    ]);
  });

  it('stores what is on the disk whatever .gitattributes say', async () => {
    folder.write(
      '.gitattributes',
      '*.txt text eol=lf ident working-tree-encoding=UTF-16LE\n*.f filter=evil\n* text=auto\n',
    );
    folder.sh(
      'git init -q; git config filter.evil.clean "touch ../evil; cat"; git config core.autocrlf input',
    );
    const changes = await changesBy(() => {
      folder.write('a.txt', '$Id$\r\nx\r\n');
      folder.write('b.f', 'y\r\n');
    });
    assert.deepEqual(changes, [
      'a.txt: nothing -> "$Id$\\r\\nx\\r\\n"',
      'b.f: nothing -> "y\\r\\n"',
    ]);
    assert.equal(folder.read('../evil'), undefined);
  });

  it('leaves out what is ignored, node_modules, big files and nested repositories, and says so', async () => {
    folder.sh('git init -q; mkdir nested; cd nested; git init -q');
    folder.write('.git/info/exclude', 'private\n');
    folder.write('.gitignore', '*.log\nbuild/\n');
    const changes = await changesBy(() => {
      folder.write('private', 'x');
      folder.write('a.log', 'x');
      folder.write('build/x', 'x');
      folder.write('node_modules/p/index.js', 'x');
      folder.write('nested/file', 'x');
      folder.write('big.bin', new Uint8Array(5 * 1024 * 1024 + 1));
      folder.write('seen', 'x');
    });
    assert.deepEqual(changes, ['seen: nothing -> "x"']);
    assert.deepEqual(store.notes(), [
      'Not watched, over 5 MB: big.bin.',
      'Not watched, repositories of their own: nested.',
    ]);
  });

  it('does not call a file deleted that has grown too big', async () => {
    folder.write('data', 'small');
    const changes = await changesBy(() => folder.write('data', new Uint8Array(6 * 1024 * 1024)));
    assert.deepEqual(changes, []);
    assert.deepEqual(store.notes(), ['Not watched, over 5 MB: data.']);
  });

  it('follows the ignore rules of the repository around a sub-folder', async () => {
    const repository = folder.root;
    folder.write('.gitignore', 'dist\nignored\n');
    folder.write('outside', 'x');
    folder.write('packages/app/a', 'x');
    // As one stands there while a command runs in the sandbox.
    folder.sh('git init -q; mkdir packages/app/.git');
    folder = { ...folder, root: join(repository, 'packages/app') };
    store = openStore();
    const changes = await changesBy(() => {
      writeFileSync(join(repository, 'outside'), 'y');
      folder.write('packages/app/dist/x', 'x');
      folder.write('packages/app/a', 'y');
    });
    assert.deepEqual(changes, ['a: "x" -> "y"']);

    folder.write('ignored/project/a', 'x');
    folder = { ...folder, root: join(repository, 'ignored/project') };
    store = openStore();
    assert.deepEqual(
      await changesBy(() => writeFileSync(join(repository, 'ignored/project/a'), 'y')),
      ['a: "x" -> "y"'],
    );
  });

  it('watches a folder that is reached through a link', async () => {
    folder.write('a', 'x');
    folder.sh('git init -q; ln -s "$PWD" ../linked');
    folder = { ...folder, root: join(folder.root, '../linked') };
    store = openStore();
    assert.deepEqual(await changesBy(() => folder.write('a', 'y')), ['a: "x" -> "y"']);
  });

  it('keeps links as their targets and never follows them', async () => {
    folder.write('../secret', 'outside');
    const changes = await changesBy(() => symlinkSync('../secret', join(folder.root, 'link')));
    assert.deepEqual(changes, ['link: nothing -> "../secret" link']);
  });

  it('shows a change of permissions as a change without content', async () => {
    folder.write('run', '#!/bin/sh\n');
    const [change] = await changesBy(() => chmodSync(join(folder.root, 'run'), 0o755));
    assert.equal(change, 'run: "#!/bin/sh\\n" -> "#!/bin/sh\\n"');
  });

  it('passes over pipes, sockets and files it may not read', async () => {
    const changes = await changesBy(() => {
      folder.sh('mkfifo pipe; echo x > locked; chmod 0 locked; echo y > fine');
    });
    const isRoot = process.getuid?.() === 0;
    assert.deepEqual(changes, [
      'fine: nothing -> "y\\n"',
      ...(isRoot ? ['locked: nothing -> "x\\n"'] : []),
    ]);
  });

  it("leaves the person's repository as it is, byte for byte, also while its index is locked", async () => {
    folder.write('a', 'one\n');
    folder.sh(`
      git init -q; git add .; git commit -qm first
      echo two > a; git stash -q; echo three > a; git add a; echo four > b
      printf '#!/bin/sh\\ntouch ../hooked' > .git/hooks/post-index-change; chmod +x .git/hooks/*
      git config core.fsmonitor "touch ../monitored"`);
    writeFileSync(join(folder.root, '.git/index.lock'), '');
    const before = fingerprint(join(folder.root, '.git'));
    const changes = await changesBy(() => folder.sh('echo five > a; echo six > c; rm b'));
    assert.equal(changes.length, 3);
    assert.deepEqual(fingerprint(join(folder.root, '.git')), before);
    assert.equal(folder.read('../hooked'), undefined);
    assert.equal(folder.read('../monitored'), undefined);
  });

  it('is not misled by GIT_ variables of the host', async () => {
    folder.write('a', 'x');
    store = openStore({
      ...process.env,
      GIT_DIR: '/nowhere',
      GIT_INDEX_FILE: '/nowhere/index',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.autocrlf',
      GIT_CONFIG_VALUE_0: 'true',
      GIT_OBJECT_DIRECTORY: '/nowhere',
      EDITOR: 'touch edited',
      PAGER: 'less',
    });
    assert.deepEqual(await changesBy(() => folder.write('a', 'y\r\n')), ['a: "x" -> "y\\r\\n"']);
  });

  it('goes on from the last state in another process without reading every file again', async () => {
    folder.write('a', 'x');
    const first = await store.snapshot();
    const objects = () => readdirSync(folder.stateFolder, { recursive: true }).length;
    const stored = objects();
    store = openStore();
    assert.equal(await store.snapshot(), first);
    assert.ok(objects() - stored <= 1, 'nothing but an index is added');
    assert.deepEqual(await changesBy(() => folder.write('a', 'y')), ['a: "x" -> "y"']);
  });

  it('starts over where the saved index is damaged or its contents were deleted', async () => {
    folder.write('a', 'x');
    const first = await store.snapshot();
    const [name = ''] = readdirSync(folder.stateFolder);
    writeFileSync(join(folder.stateFolder, name, 'index'), 'damaged');
    store = openStore();
    assert.equal(await store.snapshot(), first);
    folder.sh('rm -r ../state/*.git/objects/*');
    store = openStore();
    assert.deepEqual(await changesBy(() => folder.write('a', 'y')), ['a: "x" -> "y"']);
    assert.deepEqual(store.notes(), []);
  });

  it('leaves its own state out where that lies inside the folder', async () => {
    store = createShadowStore({
      root: folder.root,
      stateFolder: join(folder.root, '.tan dem'),
      log: silentLog,
    });
    assert.deepEqual(await changesBy(() => folder.write('a', 'x')), ['a: nothing -> "x"']);
  });

  it('watches an empty folder', async () => {
    assert.deepEqual(await changesBy(() => {}), []);
  });

  it('keeps contents but takes no states where git is missing, and says so', async () => {
    store = openStore({ PATH: '/nonexistent' });
    assert.equal(await store.snapshot(), undefined);
    assert.equal(await store.snapshot(), undefined);
    assert.deepEqual(store.notes(), [
      'Changes made by shell commands are not tracked, because git is not installed.',
    ]);
    const id = await store.put(bytesOf('x'));
    assert.deepEqual(await store.get(id), bytesOf('x'));
  });

  it('says what is wrong where the folder does not exist', async () => {
    folder.sh('rm -r ../work*');
    assert.equal(await store.snapshot(), undefined);
    assert.match(store.notes()[0] ?? '', /^Changes made by shell commands are not tracked: /);
  });
});
