import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import fs, { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createJournalStore } from '../../../../src/adapters/journal/journalStore';
import { JournalError, type ThreadStore } from '../../../../src/ports/threadStore';
import type { ThreadEvent } from '../../../../src/protocol/events';
import { useTempFolder } from '../../../support/tempFolder';

const id = 'thread-1';

function notice(seq: number, text: string): ThreadEvent {
  return { seq, at: seq, threadId: id, type: 'notice.raised', level: 'info', text };
}

const events: readonly ThreadEvent[] = [
  { seq: 1, at: 1, threadId: id, type: 'thread.started', cwd: '/home/me/project' },
  notice(2, 'first'),
];

const isOwnedElsewhere = (error: unknown) =>
  error instanceof JournalError && error.owner === 'elsewhere';

describe('taking a thread over', () => {
  const folder = useTempFolder();
  let store: ThreadStore;
  const children: ChildProcessWithoutNullStreams[] = [];

  beforeEach(() => {
    store = createJournalStore({ folder: folder().path });
    const journal = store.create(id);
    journal.append(events);
    journal.close();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  });

  /** Another process that owns the thread; `store` stores a text there and answers what came of it. */
  async function startOwner() {
    const child = spawn(process.execPath, [
      join(__dirname, 'ownThread.entry.js'),
      folder().path,
      id,
    ]);
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const answer = async () => String((await lines.next()).value);
    assert.equal(await answer(), 'owns');
    return {
      child,
      send: (text: string) => child.stdin.write(`${text}\n`),
      answer,
      async store(text: string) {
        child.stdin.write(`${text}\n`);
        return answer();
      },
    };
  }

  it('is needed while another process lives, and takes what that one stored', async () => {
    const owner = await startOwner();
    assert.equal(await owner.store('by the owner'), 'stored');
    assert.throws(() => store.open(id), isOwnedElsewhere);
    const { journal, thread } = store.open(id, 'takeOver');
    assert.deepEqual(
      thread.events.map(({ seq }) => seq),
      [1, 2, 3],
    );
    journal.append([notice(4, 'mine')]);
    assert.match(await owner.store('too late'), /^refused: .* another window took it over/);
    assert.match(await owner.store('still too late'), /^refused/);
    journal.append([notice(5, 'mine, too')]);
    assert.equal(journal.isHeld(), true);
    journal.close();
    assert.deepEqual(
      store.read(id).events.map((event) => (event.type === 'notice.raised' ? event.text : '')),
      ['', 'first', 'by the owner', 'mine', 'mine, too'],
    );
    assert.equal(store.read(id).repair, undefined);
  });

  it('holds against an owner that slept meanwhile, also when nobody has the thread any more', async () => {
    const owner = await startOwner();
    owner.child.kill('SIGSTOP');
    owner.send('written while asleep');
    const { journal } = store.open(id, 'takeOver');
    journal.append([notice(3, 'mine')]);
    journal.close();
    owner.child.kill('SIGCONT');
    assert.match(await owner.answer(), /^refused/);
    assert.deepEqual(store.read(id).events, [...events, notice(3, 'mine')]);
    assert.deepEqual(readdirSync(folder().at('threads')).sort(), [`${id}.jsonl`, `${id}.summary`]);
  });

  it('refuses also a write that was checked before and happens after', () => {
    const first = store.open(id).journal;
    // What a process does that is stopped between its check and its write, and wakes up when another has the thread.
    const write = fs.writeSync;
    let second: ReturnType<ThreadStore['open']> | undefined;
    fs.writeSync = ((...args: Parameters<typeof write>) => {
      fs.writeSync = write;
      second = store.open(id, 'takeOver');
      second.journal.append([notice(3, 'mine')]);
      return write(...args);
    }) as typeof write;
    try {
      assert.throws(() => first.append([notice(3, 'late, and longer')]), isOwnedElsewhere);
    } finally {
      fs.writeSync = write;
    }
    second?.journal.append([notice(4, 'mine, too')]);
    first.close();
    second?.journal.close();
    assert.deepEqual(store.read(id), {
      events: [...events, notice(3, 'mine'), notice(4, 'mine, too')],
    });
  });

  it('ends what the owner before wanted to make safe before an effect', async () => {
    const first = store.open(id).journal;
    const second = store.open(id, 'takeOver').journal;
    assert.equal(first.isHeld(), false);
    await assert.rejects(first.sync(), isOwnedElsewhere);
    await second.sync();
    first.close();
    assert.ok(existsSync(folder().at('threads', `${id}.lock`)), 'the new owner keeps its lock');
    second.close();
  });

  it('gives the thread to the last of several', () => {
    const journals = [1, 2, 3].map(() => store.open(id, 'takeOver').journal);
    const last = journals.pop();
    for (const journal of journals) assert.throws(() => journal.append([notice(3, 'no')]));
    last?.append([notice(3, 'yes')]);
    for (const journal of [...journals, last]) journal?.close();
    assert.deepEqual(store.read(id).events, [...events, notice(3, 'yes')]);
  });

  it('keeps an archived thread in the list, marked', () => {
    const { journal } = store.open(id);
    journal.append([{ seq: 3, at: 3, threadId: id, type: 'thread.archived', archived: true }]);
    assert.equal(store.list()[0]?.archived, true);
    journal.append([{ seq: 4, at: 4, threadId: id, type: 'thread.archived', archived: false }]);
    journal.close();
    assert.equal('archived' in (store.list()[0] ?? {}), false);
  });
});
