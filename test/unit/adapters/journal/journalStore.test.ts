import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createJournalStore } from '../../../../src/adapters/journal/journalStore';
import { JournalError } from '../../../../src/ports/threadStore';
import type { ThreadEvent } from '../../../../src/protocol/events';
import { useTempFolder } from '../../../support/tempFolder';

const silent = { info() {}, warn() {}, error() {} };
const title = (seq: number, text: string): ThreadEvent => ({
  seq,
  at: seq,
  threadId: 'T',
  type: 'thread.renamed',
  title: text,
});
const sample: ThreadEvent[] = [
  { seq: 1, at: 1, threadId: 'T', type: 'thread.started', cwd: '/w' },
  title(2, 'Größe\nmit "Zeilen"'),
  title(3, 'third'),
];

describe('createJournalStore', () => {
  const folder = useTempFolder();
  const store = () => createJournalStore({ folder: folder().path, log: silent });
  const file = () => folder().at('threads/T.jsonl');

  function writeSample(): Buffer {
    const journal = store().create('T');
    journal.append(sample.slice(0, 1));
    journal.append(sample.slice(1));
    journal.close();
    return readFileSync(file());
  }

  it('reads back what was appended, and goes on from there', () => {
    writeSample();
    const { journal, thread } = store().open('T');
    assert.deepEqual(thread, { events: sample });
    journal.append([title(4, 'fourth')]);
    journal.close();
    assert.deepEqual(store().read('T').events, [...sample, title(4, 'fourth')]);
  });

  it('keeps what people say to themselves', () => {
    writeSample();
    assert.equal(statSync(file()).mode & 0o777, 0o600);
    assert.equal(statSync(folder().at('threads')).mode & 0o777, 0o700);
  });

  it('opens a journal cut at any byte, keeps every whole record, and sets the rest aside', () => {
    const whole = writeSample();
    const ends = [...whole.keys()]
      .filter((index) => whole[index] === 0x0a)
      .map((index) => index + 1);
    for (let length = ends[0]!; length < whole.length; length++) {
      writeFileSync(file(), whole.subarray(0, length));
      const { journal, thread } = store().open('T');
      const kept = ends.filter((end) => end <= length).length - 1;
      assert.deepEqual(thread.events, sample.slice(0, kept), `cut at ${length}`);
      assert.equal(thread.repair !== undefined, !ends.includes(length), `cut at ${length}`);
      journal.append([title(9, 'after the repair')]);
      journal.close();
      assert.deepEqual(store().read('T').events, [
        ...sample.slice(0, kept),
        title(9, 'after the repair'),
      ]);
    }
    assert.ok(readdirSync(folder().at('threads')).some((name) => name.startsWith('T.torn-')));
  });

  it('passes over a damaged record in the middle, and says so', () => {
    const whole = writeSample();
    const at = whole.indexOf('mit');
    whole[at] = whole[at]! ^ 1;
    writeFileSync(file(), whole);
    const { events, repair } = store().read('T');
    assert.deepEqual(events, [sample[0], sample[2]]);
    assert.match(repair!, /1 damaged records were passed over/);
  });

  it('leaves a journal of a newer format alone, and says what to do', () => {
    writeSample();
    const text = readFileSync(file(), 'utf8').replace('"version":1', '"version":2');
    writeFileSync(file(), text);
    assert.throws(() => store().open('T'), /newer version of Tandem \(format 2\).*update/);
    assert.equal(readFileSync(file(), 'utf8'), text);
    assert.deepEqual(store().list(), []);
  });

  it('keeps events of a type it does not know', () => {
    const journal = store().create('T');
    const unknown = { seq: 1, at: 1, threadId: 'T', type: 'new.thing' } as unknown as ThreadEvent;
    journal.append([unknown]);
    journal.close();
    assert.deepEqual(store().read('T').events, [unknown]);
  });

  it('says so where the file is no journal', () => {
    folder().write('threads/T.jsonl', 'hello\n');
    assert.throws(() => store().open('T'), /not a thread journal/);
    folder().write('threads/E.jsonl', '');
    assert.throws(() => store().open('E'), JournalError);
  });

  it('lists threads newest first with their last early title, and leaves out what it cannot read', () => {
    writeSample();
    folder().write('threads/broken.jsonl', 'x');
    const [thread, ...others] = store().list();
    assert.deepEqual(others, []);
    assert.equal(thread?.title, 'third');
    assert.equal(thread?.cwd, '/w');
  });

  it('really deletes a thread with what was set aside of it', () => {
    writeSample();
    truncateSync(file(), statSync(file()).size - 3);
    store().open('T').journal.close();
    store().delete('T');
    assert.deepEqual(readdirSync(folder().at('threads')), []);
    assert.throws(() => store().delete('T'), /no such thread/);
  });

  for (const id of ['../x', 'a/b', '', '.', 'x'.repeat(65)]) {
    it(`takes ${JSON.stringify(id)} for no id`, () => {
      assert.throws(() => store().open(id), JournalError);
    });
  }

  it('has one writer: a second one is refused until the first has closed', () => {
    const journal = store().create('T');
    journal.append(sample);
    assert.throws(() => store().open('T'), /open in another window or process/);
    assert.deepEqual(store().read('T').events, sample);
    journal.close();
    store().open('T').journal.close();
  });

  it('takes over from a process that was killed', async () => {
    writeSample();
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
    const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    writeFileSync(`${file()}.lock`, JSON.stringify({ pid: child.pid, startedAt, boot }));
    assert.throws(() => store().open('T'), /another window or process/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    store().open('T').journal.close();
  });

  it('is not fooled by a reused process id, another boot, or an empty lock', () => {
    writeSample();
    const locks = [
      JSON.stringify({ pid: process.pid, startedAt: '1', boot: 'x' }),
      JSON.stringify({ pid: process.pid, startedAt: '1' }),
      '',
    ];
    for (const lock of locks) {
      writeFileSync(`${file()}.lock`, lock);
      store().open('T').journal.close();
    }
  });

  it('ends with its last whole record when the disk fills up, and goes on when there is room', function () {
    const small = folder().at('small');
    const mounted =
      spawnSync('mkdir', [small]).status === 0 &&
      spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]).status === 0;
    if (!mounted) {
      console.warn('    skipped: mounting a small file system needs root');
      this.skip();
    }
    try {
      const tiny = createJournalStore({ folder: small, log: silent });
      const journal = tiny.create('T');
      journal.append(sample);
      appendFileSync(`${small}/filler`, Buffer.alloc(40_000));
      assert.throws(() => journal.append([title(4, 'x'.repeat(40_000))]), /could not be stored/);
      truncateSync(`${small}/filler`, 0);
      journal.append([title(4, 'small')]);
      journal.close();
      assert.deepEqual(tiny.read('T'), { events: [...sample, title(4, 'small')] });
    } finally {
      spawnSync('umount', [small]);
    }
  });

  it('says what is wrong where the folder cannot be written', () => {
    folder().write('occupied', 'a file');
    const blocked = createJournalStore({ folder: folder().at('occupied'), log: silent });
    assert.throws(() => blocked.create('T'), /cannot be stored in/);
    assert.deepEqual(blocked.list(), []);
  });
});
