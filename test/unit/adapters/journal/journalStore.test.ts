import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { createJournalStore } from '../../../../src/adapters/journal/journalStore';
import { JournalError, type ThreadStore } from '../../../../src/ports/threadStore';
import type { ThreadEvent, ThreadEventBody } from '../../../../src/protocol/events';
import { asOrdinaryUser, giveToOrdinaryUser } from '../../../support/ordinaryUser';
import { useTempFolder } from '../../../support/tempFolder';

const id = 'thread-1';

function event(seq: number, body: ThreadEventBody): ThreadEvent {
  return { seq, at: 1000 + seq, threadId: id, ...body };
}

function notice(seq: number, text: string): ThreadEvent {
  return event(seq, { type: 'notice.raised', level: 'info', text });
}

const events: readonly ThreadEvent[] = [
  event(1, { type: 'thread.started', cwd: '/home/me/project' }),
  event(2, { type: 'thread.renamed', title: 'Fix the slug' }),
  notice(3, 'Grüße, 日本, 🎉 and\nnew lines\u2028\ud800'),
  notice(4, 'last'),
];

describe('the journal store', () => {
  const folder = useTempFolder();
  let store: ThreadStore;
  const at = (name: string) => folder().at('threads', name);
  const names = () => readdirSync(folder().at('threads')).sort();

  beforeEach(() => {
    store = createJournalStore({ folder: folder().path });
  });

  /** Stores the four events as a thread that nobody owns. */
  function storeThread(): Buffer {
    const journal = store.create(id);
    for (const each of events) journal.append([each]);
    journal.close();
    return readFileSync(at(`${id}.jsonl`));
  }

  it('gives back what was stored', async () => {
    const journal = store.create(id);
    journal.append(events.slice(0, 2));
    journal.append([]);
    await journal.sync();
    journal.append(events.slice(2));
    assert.deepEqual(store.read(id), { events });
    journal.close();
    const opened = store.open(id);
    assert.deepEqual(opened.thread, { events });
    opened.journal.append([notice(5, 'more')]);
    opened.journal.close();
    assert.deepEqual(store.read(id).events, [...events, notice(5, 'more')]);
  });

  it('keeps what it stores for the person alone', () => {
    storeThread();
    assert.equal(statSync(folder().at('threads')).mode & 0o777, 0o700);
    for (const name of names()) assert.equal(statSync(at(name)).mode & 0o777, 0o600, name);
  });

  it('leaves no lock when it is closed, and closes twice without harm', () => {
    const journal = store.create(id);
    assert.ok(existsSync(at(`${id}.lock`)));
    journal.close();
    journal.close();
    assert.ok(!existsSync(at(`${id}.lock`)));
    assert.throws(() => journal.append(events), /closed/);
  });

  it('waits for a sync that is under way before it lets the file go', async () => {
    const journal = store.create(id);
    journal.append(events);
    const synced = journal.sync();
    journal.close();
    await synced;
  });

  it('refuses ids that are paths, threads that are not there, and threads that are', () => {
    for (const bad of ['../x', 'a/b', '', '.', 'a.b', 'x'.repeat(65)]) {
      assert.throws(() => store.create(bad), JournalError);
      assert.throws(() => store.read(bad), JournalError);
    }
    assert.throws(() => store.open('none'), /There is no such thread/);
    assert.throws(() => store.read('none'), /There is no such thread/);
    const bytes = storeThread();
    assert.throws(() => store.create(id), /already/);
    assert.deepEqual(readFileSync(at(`${id}.jsonl`)), bytes);
    assert.ok(!existsSync(at(`${id}.lock`)));
  });

  describe('after damage', () => {
    it('keeps every whole record, wherever the file was cut', () => {
      const bytes = storeThread();
      const ends = [...bytes.entries()].flatMap(([index, byte]) =>
        byte === 10 ? [index + 1] : [],
      );
      for (let length = 0; length <= bytes.length; length++) {
        writeFileSync(at(`${id}.jsonl`), bytes.subarray(0, length));
        const whole = ends.filter((end) => end <= length);
        const { journal, thread } = store.open(id);
        assert.deepEqual(thread.events, events.slice(0, Math.max(0, whole.length - 1)));
        const torn = length - (whole.at(-1) ?? 0);
        assert.equal(thread.repair !== undefined, torn > 0, `cut at ${length}`);
        const aside = names().filter((name) => name.includes('.torn-'));
        assert.deepEqual(
          aside.map((name) => readFileSync(at(name))),
          torn > 0 ? [bytes.subarray(length - torn, length)] : [],
        );
        journal.append([notice(9, 'after')]);
        journal.close();
        const again = store.read(id);
        assert.deepEqual(again.events, [...thread.events, notice(9, 'after')]);
        assert.equal(again.repair, undefined);
        for (const name of aside) rmSync(at(name));
      }
    });

    it('loses at most the record a flipped bit is in, or the two around a flipped line end', () => {
      const bytes = storeThread();
      for (let offset = 0; offset < bytes.length; offset++) {
        const broken = Buffer.from(bytes);
        broken[offset] = (broken[offset] ?? 0) ^ (1 << (offset % 8));
        writeFileSync(at(`${id}.jsonl`), broken);
        const { events: kept } = store.read(id);
        assert.ok(kept.length >= events.length - (bytes[offset] === 10 ? 2 : 1), `at ${offset}`);
        for (const each of kept) assert.ok(events.some((known) => known.seq === each.seq));
      }
    });

    it('skips a damaged record in the middle, says so, and changes nothing of the file', () => {
      const bytes = storeThread();
      const middle = bytes.indexOf('Fix the slug');
      bytes.fill(0, middle, middle + 8);
      writeFileSync(at(`${id}.jsonl`), bytes);
      const { journal, thread } = store.open(id);
      journal.close();
      assert.deepEqual(
        thread.events.map(({ seq }) => seq),
        [1, 3, 4],
      );
      assert.match(thread.repair ?? '', /^One record .* damaged .* Everything else is intact\.$/);
      assert.deepEqual(readFileSync(at(`${id}.jsonl`)), bytes);
    });

    it('numbers what it sets aside', () => {
      for (const tail of ['first', 'second']) {
        if (!existsSync(at(`${id}.jsonl`))) storeThread();
        appendFileSync(at(`${id}.jsonl`), tail);
        store.open(id).journal.close();
      }
      assert.equal(readFileSync(at(`${id}.torn-1`), 'utf8'), 'first');
      assert.equal(readFileSync(at(`${id}.torn-2`), 'utf8'), 'second');
    });

    it('keeps events of kinds it does not know', () => {
      storeThread();
      const strange = {
        seq: 5,
        at: 1,
        threadId: id,
        type: 'hologram.shown',
        payload: [1, { a: 2 }],
      };
      appendFileSync(at(`${id}.jsonl`), line(strange));
      assert.deepEqual(store.read(id).events.at(-1), strange);
    });

    it('leaves a file alone that is no journal, and says so', () => {
      mkdirSync(folder().at('threads'), { recursive: true });
      writeFileSync(at(`${id}.jsonl`), 'hello\nworld\n');
      assert.throws(() => store.open(id), /not the journal of a thread/);
      assert.throws(() => store.read(id), /not the journal of a thread/);
      assert.equal(readFileSync(at(`${id}.jsonl`), 'utf8'), 'hello\nworld\n');
      assert.deepEqual(names(), [`${id}.jsonl`]);
    });

    it('refuses a newer format politely and touches nothing', () => {
      mkdirSync(folder().at('threads'), { recursive: true });
      const newer = line({ kind: 'tandem.thread', format: 2, threadId: id }) + 'whatever';
      writeFileSync(at(`${id}.jsonl`), newer);
      assert.throws(() => store.open(id), /newer Tandem .* Update Tandem/);
      assert.throws(() => store.read(id), /newer Tandem/);
      assert.equal(readFileSync(at(`${id}.jsonl`), 'utf8'), newer);
      assert.deepEqual(store.list(), []);
      assert.deepEqual(names(), [`${id}.jsonl`]);
    });
  });

  describe('when the disk fails', () => {
    it('says so where the folder is gone, rather than write to nowhere', () => {
      const journal = store.create(id);
      journal.append(events.slice(0, 1));
      rmSync(folder().at('threads'), { recursive: true });
      assert.throws(() => journal.append(events.slice(1)), JournalError);
      journal.close();
    });

    it('says so where it may not write', () => {
      giveToOrdinaryUser(folder().path);
      chmodSync(folder().path, 0o500);
      assert.throws(() => asOrdinaryUser(() => store.create(id)), /no permission/);
      chmodSync(folder().path, 0o700);
    });

    it('says so where the folder cannot be made', () => {
      folder().write('threads', 'a file');
      assert.throws(() => store.create(id), JournalError);
      assert.deepEqual(store.list(), []);
    });

    it('keeps whole records when the disk is full, and goes on when there is room', function () {
      const disk = folder().at('disk');
      mkdirSync(disk);
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], {
          stdio: 'ignore',
        });
      } catch {
        console.warn(
          '      SKIPPED: no small disk can be mounted here, so a full one is not tested',
        );
        this.skip();
      }
      try {
        const small = createJournalStore({ folder: disk });
        const journal = small.create(id);
        journal.append(events.slice(0, 1));
        writeFileSync(join(disk, 'ballast'), Buffer.alloc(20_000));
        const kept = [...events.slice(0, 1)];
        assert.throws(
          () => {
            for (let seq = 2; ; seq++) {
              const next = notice(seq, 'y'.repeat(1500));
              journal.append([next]);
              kept.push(next);
            }
          },
          (error: Error) => error instanceof JournalError && /disk is full/.test(error.message),
        );
        assert.deepEqual(small.read(id), { events: kept });
        rmSync(join(disk, 'ballast'));
        journal.append([notice(99, 'room again')]);
        journal.close();
        assert.deepEqual(small.read(id), { events: [...kept, notice(99, 'room again')] });
      } finally {
        execFileSync('umount', [disk]);
      }
    });
  });

  describe('with several owners', () => {
    const lock = (owner: object) => writeFileSync(at(`${id}.lock`), JSON.stringify(owner));
    const boot = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

    it('lets one write and others read', () => {
      const journal = store.create(id);
      journal.append(events);
      assert.throws(() => store.open(id), /This window has this thread open/);
      assert.throws(() => store.delete(id), JournalError);
      assert.deepEqual(store.read(id).events, events);
      journal.append([notice(5, 'still mine')]);
      journal.close();
    });

    it('refuses a thread that another process has, until that one is gone', async function () {
      if (!existsSync('/proc/self/stat')) this.skip();
      storeThread();
      const other = spawn('sleep', ['60']);
      const stat = readFileSync(`/proc/${other.pid}/stat`, 'latin1');
      const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      lock({ pid: other.pid, startTime, bootId: boot() });
      assert.throws(() => store.open(id), new RegExp(`process ${other.pid}`));
      other.kill('SIGSTOP');
      assert.throws(() => store.open(id), JournalError);
      const gone = new Promise((resolve) => other.once('exit', resolve));
      other.kill('SIGKILL');
      await gone;
      store.open(id).journal.close();
    });

    it('takes over from a dead process, a process id used again, and another boot', function () {
      if (!existsSync('/proc/self/stat')) this.skip();
      storeThread();
      for (const dead of [
        { pid: 2 ** 22 + 1, startTime: '1', bootId: boot() },
        { pid: 1, startTime: 'other', bootId: boot() },
        { pid: process.pid, startTime: '1', bootId: 'other' },
      ]) {
        lock(dead);
        const { journal } = store.open(id);
        journal.append([notice(5, 'mine now')]);
        journal.close();
      }
      writeFileSync(at(`${id}.lock`), '');
      assert.throws(() => store.open(id), JournalError);
      const longAgo = new Date(Date.now() - 60_000);
      utimesSync(at(`${id}.lock`), longAgo, longAgo);
      store.open(id).journal.close();
      assert.deepEqual(
        names().filter((name) => name.includes('lock')),
        [],
      );
    });

    it('gives a dead owner’s thread to exactly one of many processes', async function () {
      if (!existsSync('/proc/self/stat')) this.skip();
      storeThread();
      lock({ pid: 2 ** 22 + 1, startTime: '1', bootId: boot() });
      const startAt = String(Date.now() + 700);
      const processes = Array.from({ length: 6 }, () =>
        spawn(process.execPath, [
          join(__dirname, 'openThread.entry.js'),
          folder().path,
          id,
          startAt,
        ]),
      );
      const answers = await Promise.all(
        processes.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])),
      );
      for (const child of processes) child.stdin.end();
      assert.deepEqual(answers.sort(), [...new Array<string>(5).fill('refused'), 'took it']);
      await Promise.all(processes.map((child) => once(child, 'exit')));
      assert.deepEqual(store.read(id), { events });
    });

    it('writes nothing more once another took over', () => {
      const journal = store.create(id);
      journal.append(events);
      rmSync(at(`${id}.lock`));
      const { journal: other } = store.open(id);
      assert.throws(() => journal.append([notice(5, 'late')]), /another window took it over/);
      journal.close();
      other.append([notice(5, 'mine')]);
      other.close();
      assert.deepEqual(store.read(id).events, [...events, notice(5, 'mine')]);
    });
  });

  describe('listing', () => {
    it('knows titles, folders and times, newest first', () => {
      storeThread();
      const later = store.create('thread-2');
      later.append([{ ...event(1, { type: 'thread.started', cwd: '/b' }), threadId: 'thread-2' }]);
      later.close();
      const old = new Date(1_700_000_000_000);
      utimesSync(at(`${id}.jsonl`), old, old);
      const [first, second, ...rest] = store.list();
      assert.deepEqual(
        { ...first, updatedAt: 0 },
        { id: 'thread-2', title: '', cwd: '/b', updatedAt: 0 },
      );
      assert.deepEqual(second, {
        id,
        title: 'Fix the slug',
        cwd: '/home/me/project',
        updatedAt: 1_700_000_000_000,
      });
      assert.deepEqual(rest, []);
    });

    it('is empty before the first thread and leaves out what cannot be read', () => {
      assert.deepEqual(store.list(), []);
      storeThread();
      writeFileSync(at('broken.jsonl'), 'not a journal');
      mkdirSync(at('folder.jsonl'));
      store.create('empty').close();
      assert.deepEqual(
        store.list().map((thread) => thread.id),
        [id],
      );
      assert.equal(readFileSync(at('broken.jsonl'), 'utf8'), 'not a journal');
    });

    it('finds titles in the journal where the summary is missing, broken or old', () => {
      storeThread();
      for (const spoil of [
        () => rmSync(at(`${id}.summary`)),
        () => writeFileSync(at(`${id}.summary`), '{"title":'),
        () => truncateSync(at(`${id}.summary`)),
      ]) {
        spoil();
        assert.equal(store.list()[0]?.title, 'Fix the slug');
      }
      writeFileSync(at(`${id}.summary`), '{"title":"old","cwd":"/old"}');
      store.open(id).journal.close();
      assert.equal(store.list()[0]?.title, 'Fix the slug');
    });

    it('follows a new title', () => {
      storeThread();
      const { journal } = store.open(id);
      journal.append([event(5, { type: 'thread.renamed', title: 'Another' })]);
      journal.close();
      const [thread] = store.list();
      assert.equal(thread?.title, 'Another');
      assert.equal(thread?.cwd, '/home/me/project');
    });

    it('forgets a deleted thread whole, and only that one', () => {
      storeThread();
      appendFileSync(at(`${id}.jsonl`), 'torn');
      store.open(id).journal.close();
      store.create(`${id}0`).close();
      store.delete(id);
      assert.throws(() => store.delete('none'), /There is no such thread/);
      assert.deepEqual(names(), [`${id}0.jsonl`]);
    });
  });
});

function line(record: object): string {
  const json = JSON.stringify(record);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}
