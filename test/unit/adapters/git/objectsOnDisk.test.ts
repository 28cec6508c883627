import assert from 'node:assert/strict';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { createShadowStore } from '../../../../src/adapters/git/shadowStore';
import { makeFolder, silentLog, type TestFolder } from './folders';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('what is kept of a workspace', () => {
  let folder: TestFolder;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => folder.dispose());

  const openStore = (limitBytes: number) =>
    createShadowStore({
      root: folder.root,
      stateFolder: folder.stateFolder,
      log: silentLog,
      limitBytes: () => limitBytes,
    });

  const files = () =>
    readdirSync(folder.stateFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath.includes('objects'))
      .map((entry) => join(entry.parentPath, entry.name));
  const size = () => files().reduce((sum, path) => sum + statSync(path).size, 0);

  /** Makes everything kept so far this many hours old. */
  function age(hours: number): void {
    const at = Date.now() / 1000 - hours * 3600;
    for (const path of files()) utimesSync(path, at, at);
  }

  /** Text that does not get smaller when it is packed. */
  const noise = (seed: number) =>
    Array.from({ length: 4000 }, (_, index) =>
      Math.imul(index + 1, 2654435761 * (seed + 1)).toString(36),
    ).join('\n');

  it('loses the oldest contents first, and never those of the files as they are', async () => {
    const store = openStore(40_000);
    folder.write('kept.txt', noise(0));
    await store.snapshot();
    age(30);
    const oldest = await store.put(bytesOf(noise(1)));
    age(20);
    const newest = await store.put(bytesOf(noise(2)));
    const before = size();
    assert.ok(before > 40_000);
    await openStore(before - 1000).trim([]);
    await assert.rejects(store.get(oldest));
    assert.equal(Buffer.from(await store.get(newest)).toString(), noise(2));
    assert.equal(Buffer.from(await store.get(store.idOf(bytesOf(noise(0))))).toString(), noise(0));
    assert.ok(size() < before);
    const state = await store.snapshot();
    assert.equal(await store.snapshot(), state);
    assert.deepEqual(store.notes(), []);
  });

  it('keeps what is needed, and says so where that is more than allowed', async () => {
    const store = openStore(1000);
    const pending = await store.put(bytesOf(noise(1)));
    age(20);
    await store.trim([pending]);
    assert.equal(Buffer.from(await store.get(pending)).toString(), noise(1));
    assert.match(store.notes()[0] ?? '', /take more room than .*checkpointStorageMb/);
  });

  it('loses a pack of hundreds of files only when none of them is needed', async () => {
    const store = openStore(5000);
    for (let index = 0; index < 300; index += 1)
      folder.write(`f${index}`, `${index} ${noise(0).slice(0, 200)}`);
    await store.snapshot();
    age(20);
    await store.trim([]);
    const id = store.idOf(bytesOf(folder.read('f7') ?? ''));
    assert.ok(await store.get(id));
    folder.sh('rm f*');
    const other = openStore(5000);
    await other.snapshot();
    age(20);
    await other.trim([]);
    await assert.rejects(openStore(5000).get(id));
  });

  it('forgets contents on request, but not those of the files as they are', async () => {
    const store = openStore(1e9);
    folder.write('a.txt', 'now');
    await store.snapshot();
    const [gone, now] = [await store.put(bytesOf('gone')), await store.put(bytesOf('now'))];
    await store.forget([gone, now]);
    await assert.rejects(store.get(gone));
    assert.equal(Buffer.from(await store.get(now)).toString(), 'now');
  });

  it('counts a content that is stored again as new', async () => {
    const store = openStore(30_000);
    const [first, second] = [
      await store.put(bytesOf(noise(1))),
      await store.put(bytesOf(noise(2))),
    ];
    age(20);
    await store.put(bytesOf(noise(1)));
    await openStore(size() - 1000).trim([]);
    assert.ok(await store.get(first));
    await assert.rejects(store.get(second));
  });
});
