import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/emitter';
import { ShownThread } from '../../../src/extension/shownThread';
import type { ThreadEvent } from '../../../src/protocol/events';
import { emptyThreadState } from '../../../src/protocol/threadState';
import type { Thread } from '../../../src/threads/thread';
import type { ThreadManager } from '../../../src/threads/threadManager';

type Memento = ConstructorParameters<typeof ShownThread>[1];

function fakeMemory(): Memento {
  const values = new Map<string, unknown>();
  return {
    get: <T>(key: string, fallback?: T) => (values.get(key) ?? fallback) as T,
    update: async (key: string, value: unknown) => void values.set(key, value),
  };
}

function fakeThread(id: string) {
  const events = new Emitter<ThreadEvent>();
  const lost = new Emitter<void>();
  const thread = {
    id,
    state: emptyThreadState(id),
    readOnly: false,
    onEvent: events.event,
    onLost: lost.event,
    checkOwner() {},
  };
  return { thread: thread as unknown as Thread, fake: thread, events, lost };
}

/** A manager that knows some threads. */
function fakeManager(...threads: Thread[]): ThreadManager {
  return {
    start: () => threads[0],
    leave() {},
    open: (id: string) => {
      const found = threads.find((thread) => thread.id === id);
      if (!found) throw new Error('It is damaged.');
      return found;
    },
  } as unknown as ThreadManager;
}

describe('ShownThread', () => {
  it('comes back after a reload', async () => {
    const memory = fakeMemory();
    const { thread } = fakeThread('a');
    const manager = async () => fakeManager(thread);
    await new ShownThread(manager, memory, assert.fail).start('/folder');

    const afterReload = new ShownThread(manager, memory, assert.fail);
    await afterReload.restore();
    assert.equal(afterReload.current, thread);
  });

  it('loads nothing where nothing was shown', async () => {
    const shown = new ShownThread(assert.fail, fakeMemory(), assert.fail);
    await shown.restore();
    assert.equal(shown.state, null);
  });

  it('says why the last thread cannot be shown, after a few tries', async () => {
    const memory = fakeMemory();
    await memory.update('tandem.shownThread', 'gone');
    const problem = await new Promise<string>((resolve) => {
      void new ShownThread(async () => fakeManager(), memory, resolve, [0, 0]).restore();
    });
    assert.equal(problem, 'The last thread could not be opened. It is damaged.');
  });

  it('comes back as soon as the window that had it lets go', async () => {
    const memory = fakeMemory();
    const { thread } = fakeThread('a');
    await memory.update('tandem.shownThread', 'a');
    const managers = [fakeManager(), fakeManager(), fakeManager(thread)];
    const manager = async () => managers.shift()!;
    const shown = new ShownThread(manager, memory, assert.fail, [0, 0, 0]);
    const changed = new Promise<void>((resolve) => shown.onDidChange(resolve));
    await shown.restore();
    assert.equal(shown.current, undefined);
    await changed;
    assert.equal(shown.current, thread);
  });

  it('passes on the events of the thread that is shown only', async () => {
    const first = fakeThread('a');
    const second = fakeThread('b');
    const manager = async () => fakeManager(first.thread, second.thread);
    const shown = new ShownThread(manager, fakeMemory(), assert.fail);
    const heard: string[] = [];
    shown.onEvent(({ threadId }) => heard.push(threadId));
    const event = { seq: 1, at: 0, type: 'thread.renamed', title: 'x' } as const;
    await shown.open('a');
    first.events.fire({ ...event, threadId: 'a' });
    await shown.open('b');
    first.events.fire({ ...event, threadId: 'a' });
    second.events.fire({ ...event, threadId: 'b' });
    assert.deepEqual(heard, ['a', 'b']);
  });

  it('leaves the thread that was shown before, so that it can be closed', async () => {
    const left: string[] = [];
    const [a, b] = [fakeThread('a').thread, fakeThread('b').thread];
    const manager = Object.assign(fakeManager(a, b), { leave: (id: string) => left.push(id) });
    const shown = new ShownThread(async () => manager, fakeMemory(), assert.fail);
    await shown.open('a');
    await shown.open('a');
    await shown.open('b');
    shown.clear();
    await new Promise(setImmediate);
    assert.deepEqual(left, ['a', 'b']);
  });

  it('is nowhere shown once it is deleted, and where it was when that is undone', async () => {
    const [a, b] = [fakeThread('a').thread, fakeThread('b').thread];
    const waiting = new Set<string>();
    const manager = Object.assign(fakeManager(a, b), {
      deleteSoon: async (id: string) => void waiting.add(id),
      undoDelete: (id: string) => waiting.delete(id),
    });
    const all: ShownThread[] = [];
    for (let count = 0; count < 5; count++) {
      const others = () => all.filter((each) => each !== shown);
      const shown: ShownThread = new ShownThread(
        async () => manager,
        fakeMemory(),
        assert.fail,
        [],
        others,
      );
      all.push(shown);
    }
    const [view, tab, closed, busy, other] = all as [
      ...[ShownThread, ShownThread, ShownThread, ShownThread, ShownThread],
    ];
    for (const each of [view, tab, closed, busy]) await each.open('a');
    await other.open('b');
    await view.deleteSoon('a');
    const shownIds = () => all.map(({ current }) => current?.id);
    assert.deepEqual(shownIds(), [undefined, undefined, undefined, undefined, 'b']);
    all.splice(all.indexOf(closed), 1);
    await busy.open('b');
    assert.equal(await view.undoDelete('a'), true);
    assert.deepEqual(shownIds(), ['a', 'a', 'b', 'b']);
    assert.equal(closed.current, undefined);
    assert.equal(await view.undoDelete('a'), false);
  });

  it('says that it can only be read as soon as another window took it over', async () => {
    const { thread, fake, lost } = fakeThread('a');
    const shown = new ShownThread(async () => fakeManager(thread), fakeMemory(), assert.fail);
    await shown.open('a');
    let changes = 0;
    shown.onDidChange(() => changes++);
    fake.readOnly = true;
    lost.fire();
    assert.equal(changes, 1);
    assert.equal(shown.readOnly, true);
  });

  it('waits for the window that was before it shows its thread for reading', async () => {
    const memory = fakeMemory();
    await memory.update('tandem.shownThread', 'a');
    const reading = fakeThread('a');
    reading.fake.readOnly = true;
    const owned = fakeThread('a');
    const managers = [reading, reading, owned].map(({ thread }) => fakeManager(thread));
    const shown = new ShownThread(async () => managers.shift()!, memory, assert.fail, [0, 0, 0]);
    const changed = new Promise<void>((resolve) => shown.onDidChange(resolve));
    await shown.restore();
    assert.equal(shown.current, undefined);
    await changed;
    assert.equal(shown.current, owned.thread);

    const last = new ShownThread(
      async () => fakeManager(reading.thread),
      memory,
      assert.fail,
      [0, 0],
    );
    const shownAtLast = new Promise<void>((resolve) => last.onDidChange(resolve));
    await last.restore();
    await shownAtLast;
    assert.equal(last.readOnly, true);
  });

  it('looks again whether another window owns it when the person comes back', async () => {
    const reading = fakeThread('a');
    reading.fake.readOnly = true;
    const owned = fakeThread('a');
    const managers = [reading, owned].map(({ thread }) => fakeManager(thread));
    const shown = new ShownThread(async () => managers.shift()!, fakeMemory(), assert.fail);
    await shown.open('a');
    await shown.refresh();
    assert.equal(shown.current, owned.thread);
    await shown.refresh();
    assert.equal(shown.current, owned.thread);
  });

  it('is forgotten when a new thread begins, also while it is being restored', async () => {
    const memory = fakeMemory();
    const { thread } = fakeThread('a');
    await memory.update('tandem.shownThread', 'a');
    const shown = new ShownThread(async () => fakeManager(thread), memory, assert.fail);
    const restoring = shown.restore();
    shown.clear();
    await restoring;
    assert.equal(shown.current, undefined);
    assert.equal(memory.get('tandem.shownThread'), undefined);
  });
});
