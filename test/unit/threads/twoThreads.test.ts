import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { createShadowStore } from '../../../src/adapters/git/shadowStore';
import { emptyChangeSet, type ChangeOrigin } from '../../../src/protocol/changes';
import { ChangeTracker } from '../../../src/threads/changeTracker';
import { FolderWrites } from '../../../src/threads/folderWrites';
import { askingTurn } from '../../support/askingTurn';
import { makeFolder, silentLog, type TestFolder } from '../adapters/git/folders';
import { PlainFiles } from '../changes/plainFiles';

const start = '1\n2\n3\n4\n5\n6\n7\n8\n';

describe('two threads on one file', () => {
  let folder: TestFolder;
  let files: PlainFiles;
  let first: ChangeTracker;
  let second: ChangeTracker;

  beforeEach(() => {
    folder = makeFolder();
    folder.write('a.txt', start);
    files = new PlainFiles(folder.root);
    const { root, stateFolder } = folder;
    const contents = createShadowStore({ root, stateFolder, log: silentLog });
    const folderWrites = new FolderWrites();
    const open = () =>
      new ChangeTracker(
        { files, contents, log: silentLog, emit: () => undefined, folderWrites },
        emptyChangeSet,
      );
    [first, second] = [open(), open()];
    first.beginTurn(askingTurn('one'));
    second.beginTurn(askingTurn('two'));
  });

  afterEach(() => {
    first.dispose();
    second.dispose();
    folder.dispose();
  });

  const originOf = (label: string): ChangeOrigin => ({ turnId: 't', itemId: label, label });

  async function patch(tracker: ChangeTracker, from: string, to: string): Promise<void> {
    await tracker.beforeWrite();
    const before = (await files.read('a.txt')) ?? Buffer.of();
    const after = Buffer.from(Buffer.from(before).toString().replace(from, to));
    await files.apply([{ path: 'a.txt', bytes: after, expected: before }]);
    tracker.recordEdits(originOf(`${from} to ${to}`), [{ path: 'a.txt', before, after }]);
  }

  /** Each hears of what the other did before. */
  async function settle(): Promise<void> {
    for (const tracker of [first, second, first, second]) await tracker.settle();
  }
  const shown = (tracker: ChangeTracker) =>
    tracker.changeSet.files.flatMap(({ path, hunks }) =>
      hunks.map(({ removed, added }) => `${path} -${removed.join('|')} +${added.join('|')}`),
    );

  it('shows each its own changes, and a reject takes back no more than those', async () => {
    await patch(first, '2', 'two');
    await patch(second, '5', 'five');
    await patch(first, '8', 'eight');
    await settle();
    assert.deepEqual(shown(first), ['a.txt -2 +two', 'a.txt -8 +eight']);
    assert.deepEqual(shown(second), ['a.txt -5 +five']);
    await first.resolve('reject', {});
    await settle();
    assert.equal(folder.read('a.txt'), start.replace('5', 'five'));
    assert.deepEqual(shown(second), ['a.txt -5 +five']);
    await second.resolve('reject', {});
    assert.equal(folder.read('a.txt'), start);
  });

  it("never takes one's patch for the work of the other's command", async () => {
    await first.beforeWrite();
    await patch(second, '5', 'five');
    folder.sh('echo made > made.txt');
    first.commandEnded(originOf('echo'));
    await settle();
    assert.deepEqual(shown(first), ['made.txt - +made']);
    assert.deepEqual(shown(second), ['a.txt -5 +five']);
  });

  it('never does so either where it takes long to find the file behind a link', async () => {
    files.pathOfTarget = async (path) => {
      await setTimeout(300);
      return path;
    };
    await first.beforeWrite();
    await patch(second, '5', 'five');
    folder.sh('echo made > made.txt');
    first.commandEnded(originOf('echo'));
    await settle();
    assert.deepEqual(shown(first), ['made.txt - +made']);
    assert.deepEqual(shown(second), ['a.txt -5 +five']);
  });

  it('lets the second go on from what the first did in the same lines, and back to it', async () => {
    await patch(first, '2', 'two');
    await patch(second, 'two', 'deux');
    await settle();
    assert.deepEqual(shown(first), ['a.txt -2 +deux']);
    assert.deepEqual(shown(second), ['a.txt -two +deux']);
    await second.resolve('reject', {});
    await settle();
    assert.deepEqual(shown(first), ['a.txt -2 +two']);
    await first.resolve('reject', {});
    assert.equal(folder.read('a.txt'), start);
  });
});
