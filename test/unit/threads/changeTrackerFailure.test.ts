import assert from 'node:assert/strict';
import { createShadowStore } from '../../../src/adapters/git/shadowStore';
import { emptyChangeSet } from '../../../src/protocol/changes';
import type { ThreadEventBody } from '../../../src/protocol/events';
import { ChangeTracker } from '../../../src/threads/changeTracker';
import { askingTurn } from '../../support/askingTurn';
import { makeFolder, silentLog } from '../adapters/git/folders';
import { PlainFiles } from '../changes/plainFiles';

describe('changeTracker', () => {
  it('turns a failure into a notice and goes on', async () => {
    const folder = makeFolder();
    const events: ThreadEventBody[] = [];
    const contents = createShadowStore({
      root: folder.root,
      stateFolder: folder.stateFolder,
      log: silentLog,
    });
    let broken = true;
    const tracker = new ChangeTracker(
      {
        files: new PlainFiles(folder.root),
        contents: {
          notes: () => contents.notes(),
          snapshot: () =>
            broken ? Promise.reject(new Error('disk on fire')) : contents.snapshot(),
          diff: (from, to) => contents.diff(from, to),
          put: (bytes) => contents.put(bytes),
          get: (id) => contents.get(id),
          idOf: (bytes) => contents.idOf(bytes),
          trim: (needed) => contents.trim(needed),
          forget: (ids) => contents.forget(ids),
        },
        log: silentLog,
        emit: (event) => events.push(event),
      },
      emptyChangeSet,
    );
    tracker.beginTurn(askingTurn('t'));
    await tracker.beforeWrite();
    assert.deepEqual(events[0], {
      type: 'notice.raised',
      level: 'error',
      text: 'Some changes could not be followed: disk on fire',
    });
    broken = false;
    tracker.beginTurn(askingTurn('t'));
    await tracker.beforeWrite();
    folder.write('a', 'x\n');
    tracker.commandEnded({ turnId: 't', itemId: 'i', label: 'l' });
    await tracker.settle();
    assert.equal(tracker.changeSet.files.length, 1);
    tracker.dispose();
    folder.dispose();
  });
});
