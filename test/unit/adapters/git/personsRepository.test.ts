import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createShadowStore } from '../../../../src/adapters/git/shadowStore';
import type { ContentStore } from '../../../../src/ports/contentStore';
import { fingerprint, makeFolder, silentLog, type TestFolder } from './folders';

describe("the shadow store beside the person's repository", () => {
  let folder: TestFolder;
  let store: ContentStore;

  const openStore = (environment: NodeJS.ProcessEnv = process.env) =>
    createShadowStore({
      root: folder.root,
      stateFolder: folder.stateFolder,
      log: silentLog,
      environment,
    });

  beforeEach(() => {
    folder = makeFolder();
    store = openStore();
  });
  afterEach(() => folder.dispose());

  /** The paths that change between two states, and whether the repository stayed as it is, byte for byte. */
  async function changedBy(act: () => unknown): Promise<string[]> {
    const from = await store.snapshot();
    act();
    const before = fingerprint(join(folder.root, '.git'));
    const to = await store.snapshot();
    assert.ok(from !== undefined && to !== undefined, store.notes().join());
    const changes = await store.diff(from, to);
    for (const { after } of changes) if (after !== null) await store.get(after);
    await store.put(new TextEncoder().encode('kept'));
    await store.trim([]);
    await store.forget([store.idOf(new TextEncoder().encode('kept'))]);
    assert.deepEqual(fingerprint(join(folder.root, '.git')), before);
    return changes.map(({ path }) => path);
  }

  it('follows the files through a rebase that stopped in the middle', async () => {
    folder.write('a', 'one\n');
    folder.sh(`
      git init -q -b main; git add .; git commit -qm first
      git switch -qc side; echo side > a; git commit -qam side
      git switch -q main; echo main > a; git commit -qam main
      git switch -q side; git rebase -q main || true
      test -d .git/rebase-merge`);
    assert.deepEqual(await changedBy(() => folder.write('a', 'settled\n')), ['a']);
    folder.sh('git add a; GIT_EDITOR=true git rebase --continue');
    assert.equal(folder.sh('git log --format=%s').trim(), 'side\nmain\nfirst');
  });

  it('leaves submodules and worktrees inside of the folder to themselves', async () => {
    const library = makeFolder();
    try {
      library.sh('git init -q; echo x > x; git add .; git commit -qm x');
      folder.write('a', 'one\n');
      folder.sh(`
        git init -q; git add .; git commit -qm first
        git -c protocol.file.allow=always submodule --quiet add "${library.root}" lib
        git commit -qm lib; git worktree add -q other`);
      const changed = await changedBy(() => {
        folder.write('a', 'two\n');
        folder.write('lib/x', 'y');
        folder.write('other/a', 'y');
      });
      assert.deepEqual(changed, ['a']);
      assert.deepEqual(store.notes(), ['Not watched, repositories of their own: lib, other.']);
    } finally {
      library.dispose();
    }
  });

  it('does not take what a sparse checkout leaves out for deleted', async () => {
    folder.write('in/a', 'one\n');
    folder.write('out/b', 'one\n');
    folder.sh(`
      git init -q; git add .; git commit -qm first
      git sparse-checkout set in`);
    assert.equal(folder.read('out/b'), undefined);
    assert.deepEqual(await changedBy(() => folder.write('in/a', 'two\n')), ['in/a']);
    assert.deepEqual(store.notes(), []);
  });

  it("honours the person's own ignore rules, whatever is in the path of their file", async () => {
    const home = makeFolder();
    try {
      home.write('my "rules" \\1', '*.mine\n!kept.mine\n');
      home.write(
        '.gitconfig',
        '[core]\n\texcludesFile = "~/my \\"rules\\" \\\\1"\n\tautocrlf = true\n',
      );
      store = openStore({ PATH: process.env['PATH'], HOME: home.root });
      folder.sh('git init -q');
      const changed = await changedBy(() => {
        folder.write('a.mine', 'x');
        folder.write('kept.mine', 'x');
        folder.write('seen', 'x\r\n');
      });
      assert.deepEqual(changed, ['kept.mine', 'seen']);
    } finally {
      home.dispose();
    }
  });

  it('runs no filter, hook or monitor, also where the configuration of the person names some', async () => {
    const home = makeFolder();
    try {
      const trap = (name: string) => `touch '${join(home.root, name)}'; cat`;
      home.write('hooks/post-index-change', `#!/bin/sh\n${trap('hook')}\n`);
      home.sh('chmod +x hooks/*');
      home.write(
        '.gitconfig',
        `[core]\n\thooksPath = "${home.root}/hooks"\n\tfsmonitor = "${trap('monitor')}"\n` +
          `[filter "lfs"]\n\tclean = "${trap('clean')}"\n\tprocess = "${trap('process')}"\n\trequired = true\n`,
      );
      home.write('seen', 'nothing ran');
      store = openStore({ PATH: process.env['PATH'], HOME: home.root });
      folder.write('.gitattributes', '*.psd filter=lfs diff=lfs merge=lfs -text\n');
      folder.sh('git init -q; git add .; git commit -qm first');
      const before = Object.keys(fingerprint(home.root)).sort();
      assert.deepEqual(await changedBy(() => folder.write('a.psd', 'bytes')), ['a.psd']);
      assert.deepEqual(Object.keys(fingerprint(home.root)).sort(), before);
    } finally {
      home.dispose();
    }
  });

  it('goes on where the repository is damaged, and where it goes away', async () => {
    folder.write('a', 'one\n');
    folder.sh('git init -q; git add .; git commit -qm first');
    writeFileSync(join(folder.root, '.git/HEAD'), 'nonsense');
    writeFileSync(join(folder.root, '.git/index'), 'nonsense');
    assert.deepEqual(await changedBy(() => folder.write('a', 'two\n')), ['a']);
    rmSync(join(folder.root, '.git'), { recursive: true });
    store = openStore();
    const from = await store.snapshot();
    folder.write('a', 'three\n');
    const to = await store.snapshot();
    assert.deepEqual(
      (await store.diff(from!, to!)).map(({ path }) => path),
      ['a'],
    );
  });
});
