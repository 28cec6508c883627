import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { createShadowStore } from '../../../../src/adapters/git/shadowStore';
import type { TreeChange } from '../../../../src/ports/contentStore';
import { makeFolder, silentLog, type TestFolder } from './folders';

const names = [
  'a',
  'a.b',
  'a-b',
  'ab',
  'é',
  'f/a',
  'f/a/x',
  'f/b',
  'f.x',
  'f-/c',
  'g/h/i',
  'g/h.j',
];

describe('the trees of the shadow store', () => {
  let folder: TestFolder;

  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => folder.dispose());

  const openStore = (stateFolder: string, root = folder.root) =>
    createShadowStore({ root, stateFolder: join(folder.stateFolder, stateFolder), log: silentLog });

  /** What git itself says of two trees of a store. */
  function diffByGit(stateFolder: string, from: string, to: string): string[] {
    const [name = ''] = readdirSync(join(folder.stateFolder, stateFolder));
    const gitFolder = join(folder.stateFolder, stateFolder, name);
    const args = ['diff-tree', '-r', '-z', '--no-renames', '--no-abbrev', from, to];
    const fields = execFileSync('git', args, { env: { ...process.env, GIT_DIR: gitFolder } })
      .toString()
      .split('\0');
    return fields.flatMap((field, index) =>
      index % 2 === 1 ? [`${fields[index - 1] ?? ''} ${field}`] : [],
    );
  }

  function print({ path, before, after, link, executable }: TreeChange): string {
    const none = '0'.repeat(40);
    const mode = (id: string | null, can: boolean | undefined) =>
      id === null ? '000000' : link ? '120000' : can ? '100755' : '100644';
    const kind = before === null ? 'A' : after === null ? 'D' : 'M';
    return `:${mode(before, executable?.before)} ${mode(after, executable?.after)} ${before ?? none} ${after ?? none} ${kind} ${path}`;
  }

  it('are those that git makes of the same files, whatever happens to them', async function () {
    this.timeout(60_000);
    // A fixed sequence (a linear congruential generator), so that a failure comes again.
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    const act = (round: number) => {
      const path = join(folder.root, names[random(names.length)] ?? '');
      const below = path.slice(folder.root.length + 1);
      const clear = () => {
        // A file in the place of a folder above it goes.
        const parts = below.split('/');
        for (let depth = 1; depth < parts.length; depth += 1) {
          const above = parts.slice(0, depth).join('/');
          if (folder.read(above) !== undefined) rmSync(join(folder.root, above), { force: true });
        }
        rmSync(path, { recursive: true, force: true });
      };
      const what = random(6);
      if (what === 0) rmSync(path, { recursive: true, force: true });
      else if (what === 1) {
        if (folder.read(below) !== undefined) utimesSync(path, round, round);
      } else if (what === 2) {
        if (folder.read(below) !== undefined) chmodSync(path, 0o755);
      } else {
        clear();
        folder.write(below, `${random(3)}`);
      }
    };
    folder.write('base', 'x');
    const store = openStore('watching');
    let last = await store.snapshot();
    for (let round = 1; round <= 15; round += 1) {
      for (let acts = 1 + random(9); acts > 0; acts -= 1) act(round);
      if (round % 5 === 0) {
        // Too many for the few that are read without the index.
        for (let index = 0; index < 40; index += 1) folder.write(`many/${index}`, `${round}`);
      }
      const tree = await store.snapshot();
      assert.ok(last !== undefined && tree !== undefined, store.notes().join());
      assert.equal(tree, await openStore(`fresh${round}`).snapshot(), `round ${round}`);
      const changes = (await store.diff(last, tree)).map(print);
      assert.deepEqual(
        changes,
        diffByGit('watching', last, tree).map(withoutType),
        `round ${round}`,
      );
      last = tree;
    }
  });

  it('give back a few changed files without storing the index anew', async () => {
    folder.write('deep/er/file', 'one');
    const store = openStore('watching');
    await store.snapshot();
    const [name = ''] = readdirSync(join(folder.stateFolder, 'watching'));
    const gitFolder = join(folder.stateFolder, 'watching', name);
    const index = () => {
      const own = readdirSync(gitFolder).find((file) => file.startsWith('index.')) ?? '';
      return readFileSync(join(gitFolder, own)).toString('base64');
    };
    const before = index();
    const from = await store.snapshot();
    folder.write('deep/er/file', 'two');
    symlinkSync('../outside', join(folder.root, 'deep/link'));
    const to = await store.snapshot();
    assert.equal(index(), before);
    const changes = await store.diff(from ?? '', to ?? '');
    assert.deepEqual(
      changes.map(({ path }) => path),
      ['deep/er/file', 'deep/link'],
    );
    rmSync(join(folder.root, 'deep/link'));
    folder.write('deep/er/file', 'one');
    assert.equal(await store.snapshot(), from);
  });

  it('stay readable where room was made between two states', async () => {
    folder.write('f/a', 'one');
    const store = createShadowStore({
      root: folder.root,
      stateFolder: folder.stateFolder,
      log: silentLog,
      limitBytes: () => 1,
    });
    await store.snapshot();
    folder.write('f/a', 'two');
    const from = await store.snapshot();
    const [name = ''] = readdirSync(folder.stateFolder);
    folder.sh(`find ../state/${name}/objects -type f -exec touch -d yesterday {} +`);
    await store.trim([]);
    folder.write('f/b', 'new');
    const to = await store.snapshot();
    assert.deepEqual(
      store.notes().filter((note) => !note.startsWith('The checkpoints')),
      [],
    );
    assert.deepEqual(
      (await store.diff(from ?? '', to ?? '')).map(({ path }) => path),
      ['f/b'],
    );
  });

  it('of a folder inside of a repository say paths from that folder', async () => {
    folder.write('packages/app/src/a', 'one');
    folder.write('packages/b', 'one');
    folder.sh('git init -q');
    const store = openStore('watching', join(folder.root, 'packages/app'));
    const from = await store.snapshot();
    folder.write('packages/app/src/a', 'two');
    folder.write('packages/app/c', 'two');
    folder.write('packages/b', 'two');
    const to = await store.snapshot();
    assert.deepEqual(
      (await store.diff(from ?? '', to ?? '')).map(({ path }) => path),
      ['c', 'src/a'],
    );
  });
});

/** Git tells a change of type apart; here it is a change as any other. */
function withoutType(line: string): string {
  return line.replace(/ T /, ' M ');
}
