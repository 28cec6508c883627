import assert from 'node:assert/strict';
import type { ChangedFile, Hunk } from '../../../src/protocol/changes';
import type { ThreadEventBody } from '../../../src/protocol/events';
import type { ItemStatus } from '../../../src/protocol/items';
import { ReviewNotes } from '../../../src/threads/reviewNotes';

const turnId = 't1';

function hunk(id: string, added: readonly string[]): Hunk {
  return {
    id,
    baseStart: 4,
    baseCount: 0,
    liveStart: 4,
    liveCount: added.length,
    removed: [],
    added,
  };
}

function file(path: string, live: string, more: Partial<ChangedFile> = {}): ChangedFile {
  return {
    ...{ path, kind: 'update', binary: false, baseline: 'base', live, added: 1, removed: 0 },
    ...{ hunks: [hunk(`${path}-1`, ['new'])], origins: [origin('p1')] },
    ...more,
  };
}

const origin = (itemId: string) => ({ turnId, itemId, label: 'patch' });
const changes = (...files: ChangedFile[]): ThreadEventBody => ({
  type: 'changes.updated',
  changeSet: { files, notes: [] },
});
const rejected = (path?: string, hunkId?: string): ThreadEventBody => ({
  type: 'hunk.resolved',
  resolution: 'reject',
  target: { ...(path === undefined ? {} : { path }), ...(hunkId === undefined ? {} : { hunkId }) },
});
const wrote = (path: string): ThreadEventBody => ({
  type: 'item.completed',
  turnId,
  item: {
    ...{ type: 'fileChange', id: 'p2', status: 'completed' },
    changes: [{ path, kind: 'update', diff: '', added: 1, removed: 0 }],
  },
});

/** The note after these events; undefined where there is nothing to tell. */
function noteAfter(...bodies: ThreadEventBody[]): string | undefined {
  const notes = new ReviewNotes();
  bodies.forEach((body, seq) => notes.observe({ ...body, seq, at: 0, threadId: 'x' }));
  return textOf(notes);
}

function textOf(notes: ReviewNotes): string | undefined {
  const message = notes.message();
  if (message?.type !== 'message' || !Array.isArray(message.content)) return undefined;
  const [part] = message.content;
  return part?.type === 'input_text' ? part.text : undefined;
}

describe('ReviewNotes', () => {
  it('names a file that the person changed after the agent', () => {
    assert.match(
      noteAfter(changes(file('a', '1')), changes(file('a', '2'))) ?? '',
      /by hand.*\na\n/,
    );
  });

  it('names a file that the person typed in before anything was told of the change', () => {
    const files = [{ path: 'a', before: 'base', after: '1' }];
    const written: ThreadEventBody = { type: 'files.written', turnId, itemId: 'p1', files };
    assert.match(noteAfter(written, changes(file('a', '2'))) ?? '', /by hand.*\na\n/);
    assert.equal(noteAfter(written, changes(file('a', '1'))), undefined);
    assert.equal(noteAfter(written, changes(file('a', '2')), changes(file('a', '1'))), undefined);
  });

  it('names a file whose edit the person took back by hand', () => {
    assert.match(noteAfter(changes(file('a', '1')), changes()) ?? '', /by hand.*\na\n/);
  });

  it('is silent about what the agent wrote again, and about what was accepted', () => {
    const again = file('a', '2', { origins: [origin('p1'), origin('p2')] });
    assert.equal(noteAfter(changes(file('a', '1')), changes(again)), undefined);
    assert.equal(noteAfter(changes(file('a', '1')), wrote('a'), changes()), undefined);
    const accepted = { type: 'hunk.resolved', resolution: 'accept', target: {} } as const;
    assert.equal(noteAfter(changes(file('a', '1')), accepted, changes()), undefined);
  });

  it('forgets an edit by hand once the agent wrote the file again', () => {
    const again = file('a', '3', { origins: [origin('p1'), origin('p2')] });
    const note = noteAfter(changes(file('a', '1')), changes(file('a', '2')), changes(again));
    assert.equal(note, undefined);
  });

  it('leaves out what the agent wrote again, also where its oldest writes are not listed any more', () => {
    const first = file('a', '1', { origins: [origin('p1'), origin('p2'), origin('p3')] });
    const typed = { ...first, live: '2' };
    const again = file('a', '3', { origins: [origin('p1'), origin('p3'), origin('p4')] });
    assert.match(noteAfter(changes(first), changes(typed)) ?? '', /\na\n/);
    assert.equal(noteAfter(changes(first), changes(typed), changes(again)), undefined);
  });

  it('tells rejected hunks with their lines, also where everything was rejected', () => {
    const both = changes(file('a', '1'), file('b', '1'));
    const one = noteAfter(both, rejected('a', 'a-1'), changes(file('b', '1'))) ?? '';
    assert.match(one, /\na, line 5:\n\+new\n/);
    assert.doesNotMatch(one, /\nb,/);
    assert.match(noteAfter(both, rejected(), changes()) ?? '', /\na, line 5:[^]*\nb, line 5:/);
  });

  it('tells a rejected file without hunks as a whole', () => {
    const image = file('a.png', '1', { binary: true, hunks: [], kind: 'add', baseline: null });
    assert.match(
      noteAfter(changes(image), rejected('a.png'), changes()) ?? '',
      /\na\.png: the whole/,
    );
  });

  it('is silent about a rejection that was undone', () => {
    const before = changes(file('a', '1'));
    const note = noteAfter(before, rejected('a'), changes(), before) ?? '';
    assert.doesNotMatch(note, /Rejected/);
  });

  it('is silent about what was undone, also an edit by hand after a rejection', () => {
    const agents = changes(file('a', '1'));
    const typed = changes(file('a', '2'));
    assert.equal(noteAfter(agents, typed, agents), undefined);
    assert.equal(noteAfter(agents, changes(), agents), undefined);
    assert.equal(noteAfter(agents, rejected('a'), changes(), agents), undefined);
    assert.match(noteAfter(agents, typed, agents, typed) ?? '', /by hand.*\na\n/);
    const taken = noteAfter(agents, typed, wrote('a'), changes(file('a', '3')), typed) ?? '';
    assert.match(taken, /by hand.*\na\n/);
  });

  it('B10 names files of a command that were taken back and not kept, until they are written or told', () => {
    const item = (status: ItemStatus, ...paths: string[]) => ({
      ...({ type: 'fileChange', id: 'f1', commandItemId: 'c1', status } as const),
      changes: paths.map(
        (path) => ({ path, kind: 'add', diff: '', added: 1, removed: 0 }) as const,
      ),
    });
    const started = (...paths: string[]): ThreadEventBody => ({
      ...{ type: 'item.started', turnId },
      item: item('inProgress', ...paths),
    });
    const ended = (status: ItemStatus, ...paths: string[]): ThreadEventBody => ({
      ...{ type: 'item.completed', turnId },
      item: item(status, ...paths),
    });
    const by = (path: string, more: { by?: 'policy' } = {}): ThreadEventBody => ({
      ...{ type: 'files.written', turnId, itemId: 'c1' },
      ...{ files: [{ path, before: null, after: '1' }], ...more },
    });
    const both = started('a', 'b');
    assert.equal(noteAfter(both), undefined);
    assert.equal(noteAfter(both, ended('completed', 'a', 'b')), undefined);
    for (const status of ['declined', 'interrupted', 'failed'] as const) {
      assert.match(
        noteAfter(both, ended(status, 'a', 'b')) ?? '',
        /taken back\..*apply_patch:\na\nb\n<\/review>/s,
      );
    }
    assert.match(noteAfter(both, ended('completed', 'b')) ?? '', /apply_patch:\na\n<\/review>/);
    const denied = [both, ended('declined', 'a', 'b')];
    assert.match(noteAfter(...denied, by('a')) ?? '', /apply_patch:\nb\n</);
    assert.match(noteAfter(...denied, by('a', { by: 'policy' })) ?? '', /apply_patch:\na\nb\n</);
    const notes = new ReviewNotes();
    denied.forEach((body, seq) => notes.observe({ ...body, seq, at: 0, threadId: 'x' }));
    const message = notes.message();
    assert.ok(message);
    const told = { type: 'history.appended', items: [message] } as const;
    notes.observe({ ...told, seq: 2, at: 0, threadId: 'x' });
    assert.equal(notes.message(), undefined);
  });

  it('names an edit by hand of a file while it is asked what a command wrote there', () => {
    const item = {
      ...({ type: 'fileChange', id: 'f1', commandItemId: 'c1', status: 'inProgress' } as const),
      changes: [{ path: 'a', kind: 'update', diff: '', added: 1, removed: 0 } as const],
    };
    const asked = { type: 'item.started', turnId, item } as const;
    const note = noteAfter(changes(file('a', '1')), asked, changes(file('a', '2')));
    assert.match(note ?? '', /by hand.*\na\n/);
  });

  it('bounds what it tells', () => {
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`);
    const long = hunk('h', lines);
    const files = Array.from({ length: 20 }, (_, index) =>
      file(`f${index}`, '1', { hunks: [{ ...long, liveCount: 900 }] }),
    );
    const note = noteAfter(changes(...files), rejected(), changes()) ?? '';
    assert.match(note, /\(860 more lines\)/);
    assert.match(note, /more lines of rejected edits/);
    assert.ok(note.split('\n').length < 210);
  });

  it('starts anew once it was told', () => {
    const notes = new ReviewNotes();
    const stamp = { seq: 1, at: 0, threadId: 'x' };
    notes.observe({ ...stamp, ...changes(file('a', '1')) });
    notes.observe({ ...stamp, ...rejected('a') });
    notes.observe({ ...stamp, ...changes() });
    const told = notes.message();
    assert.ok(told);
    notes.observe({ ...stamp, type: 'history.appended', items: [] });
    assert.ok(notes.message());
    notes.observe({ ...stamp, type: 'history.appended', items: [told] });
    assert.equal(notes.message(), undefined);
  });
});
