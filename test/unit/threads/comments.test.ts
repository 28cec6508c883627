import assert from 'node:assert/strict';
import type { ChangedFile } from '../../../src/protocol/changes';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import { emptyThreadState, foldEvent } from '../../../src/protocol/threadState';
import { Comments } from '../../../src/threads/comments';

const file: ChangedFile = {
  ...{ path: 'a', kind: 'update', binary: false, baseline: 'x', live: 'y', added: 1, removed: 1 },
  origins: [],
  hunks: [
    {
      ...{ id: 'h', baseStart: 1, baseCount: 1, liveStart: 1, liveCount: 1 },
      ...{ removed: ['two'], added: ['TWO'] },
    },
  ],
};

function makeComments(text = 'one\nTWO\nthree\n') {
  let state = emptyThreadState('t');
  const disk = { text };
  const emit = (body: ThreadEventBody) => {
    const event: ThreadEvent = { ...body, seq: state.seq + 1, at: 0, threadId: 't' };
    state = foldEvent(state, event);
    comments.observe(event);
  };
  const files = { read: async () => new TextEncoder().encode(disk.text) };
  const comments = new Comments({ state: () => state, files, emit });
  const changes = (...now: ChangedFile[]) =>
    emit({ type: 'changes.updated', changeSet: { files: now, notes: [] } });
  const reject = () =>
    emit({ type: 'hunk.resolved', resolution: 'reject', target: { path: 'a', hunkId: 'h' } });
  changes(file);
  return { comments, emit, changes, reject, disk };
}

describe('Comments', () => {
  it('stand on the hunk that their lines meet, else on the lines', async () => {
    const { comments } = makeComments();
    const on = await comments.add({ path: 'a', startLine: 1, endLine: 2 }, 'On it.');
    const off = await comments.add({ path: 'a', startLine: 3, endLine: 3 }, 'Off it.');
    assert.deepEqual([on.kind, on.hunk?.id, off.kind], ['hunk', 'h', 'lines']);
  });

  it('give a reason for a rejection that was made a moment ago, and for no other', async () => {
    const { comments, changes, reject, disk } = makeComments();
    const target = { path: 'a', hunkId: 'h' };
    assert.equal(await comments.explainRejection(target, 'Why.'), undefined);
    reject();
    disk.text = 'one\ntwo\nthree\n';
    changes();
    const reason = await comments.explainRejection(target, 'Why.');
    assert.deepEqual(reason?.anchor.lines, ['two']);
    assert.equal((await comments.take())[0]?.text, 'Why.');
  });

  it('give no reason any more once the rejection is undone', async () => {
    const { comments, changes, reject } = makeComments();
    reject();
    changes();
    await comments.explainRejection({ path: 'a', hunkId: 'h' }, 'Why.');
    changes(file);
    assert.deepEqual(await comments.take(), []);
    assert.equal(comments.all[0]?.state, 'withdrawn');
  });

  it('are taken with the words and the place they have then', async () => {
    const { comments, disk } = makeComments();
    await comments.add({ path: 'a', startLine: 3, endLine: 3 }, 'First.');
    disk.text = `zero\n${disk.text}`;
    comments.edit('C1', 'Edited.');
    const [taken] = await comments.take();
    assert.deepEqual(
      [taken?.text, taken?.anchor.startLine, taken?.standing],
      [...['Edited.', 4, 'same']],
    );
  });

  it('told in a turn are known to be followed up where their lines changed since', async () => {
    const { comments, emit, disk } = makeComments();
    await comments.add({ path: 'a', startLine: 1, endLine: 1 }, 'Stays.');
    await comments.add({ path: 'a', startLine: 3, endLine: 3 }, 'Changes.');
    const input = { text: '', attachments: [], comments: await comments.take() };
    const item = { type: 'userMessage', id: 'i', status: 'completed', input } as const;
    emit({ type: 'item.completed', turnId: 'turn', item });
    assert.deepEqual([...(await comments.changedSince('turn'))], []);
    disk.text = 'one\nTWO\n3\n';
    assert.deepEqual([...(await comments.changedSince('turn'))], ['C2']);
    assert.deepEqual([...(await comments.changedSince('other'))], []);
  });
});
