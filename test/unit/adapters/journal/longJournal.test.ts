import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createJournalStore } from '../../../../src/adapters/journal/journalStore';
import { encodeRecord } from '../../../../src/adapters/journal/journalLines';
import type { ThreadEvent, ThreadEventBody } from '../../../../src/protocol/events';
import { emptyThreadState, foldEvent } from '../../../../src/protocol/threadState';
import { sampleContext } from '../../../support/sampleContext';
import { useTempFolder } from '../../../support/tempFolder';

const condenseEvery = 256 * 1024;
const steps = 400;

/** A thread of some 3 MB: commands with output, a change set a step, a compaction now and then. */
function longThread(): ThreadEvent[] {
  const turnId = 'turn';
  const bodies: ThreadEventBody[] = [
    { type: 'thread.started', cwd: '/work' },
    { type: 'thread.renamed', title: 'A long day' },
    {
      type: 'turn.started',
      turnId,
      input: { text: 'Go on', attachments: [] },
      context: sampleContext('/work'),
    },
  ];
  for (let step = 1; step <= steps; step++) {
    const item = {
      type: 'commandExecution',
      id: `item-${step}`,
      status: 'completed',
      command: 'make',
      cwd: '/work',
      output: `output ${step}\n`,
      readOnly: true,
    } as const;
    const output = `seen ${step} `.repeat(400);
    const notes = [`changes of step ${step} `.repeat(200)];
    bodies.push(
      { type: 'step.started', turnId, step },
      { type: 'item.started', turnId, item: { ...item, status: 'inProgress', output: '' } },
      { type: 'item.completed', turnId, item },
      {
        type: 'history.appended',
        items: [{ type: 'function_call_output', call_id: `c${step}`, output }],
      },
      { type: 'changes.updated', changeSet: { files: [], notes } },
    );
    if (step % 50 === 0) {
      const sizes = { tokensBefore: 100, tokensAfter: 10 };
      bodies.push({ type: 'history.compacted', replacement: [], ...sizes });
    }
  }
  return bodies.map((body, index) => ({ seq: index + 1, at: index, threadId: 'long', ...body }));
}

const fold = (events: readonly ThreadEvent[]) => events.reduce(foldEvent, emptyThreadState('long'));

const historyOf = (events: readonly ThreadEvent[]) => {
  const compacted = events.findLastIndex(({ type }) => type === 'history.compacted');
  return events
    .slice(compacted + 1)
    .flatMap((event) => (event.type === 'history.appended' ? event.items : []));
};

/** Bytes this process has read from anything so far. */
const bytesRead = () => Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))![1]);

describe('a journal that is long', () => {
  const folder = useTempFolder();
  const events = longThread();
  const journalPath = () => folder().at('threads/long.jsonl');
  const condensedPath = () => folder().at('threads/long.condensed');
  const makeStore = () => createJournalStore({ folder: folder().path, condenseEvery });

  beforeEach(() => {
    const journal = makeStore().create('long');
    for (let start = 0; start < events.length; start += 20) {
      journal.append(events.slice(start, start + 20));
    }
    journal.close();
  });

  function openAndClose(): readonly ThreadEvent[] {
    const { journal, thread } = makeStore().open('long');
    journal.close();
    assert.equal(thread.repair, undefined);
    return thread.events;
  }

  function assertSame(opened: readonly ThreadEvent[], all: readonly ThreadEvent[] = events): void {
    assert.deepEqual(fold(opened), fold(all));
    assert.deepEqual(historyOf(opened), historyOf(all));
  }

  it('opens by what is condensed and its tail, whoever wrote it, and gives the same thread', function () {
    const size = statSync(journalPath()).size;
    assert.ok(size > 3_000_000, `${size} bytes`);
    if (process.platform !== 'linux') {
      console.warn('      SKIPPED: only Linux counts the bytes a process reads');
      this.skip();
    }
    const before = bytesRead();
    const opened = openAndClose();
    const read = bytesRead() - before;
    assertSame(opened);
    assert.ok(read < size / 3, `read ${read} of ${size} bytes`);
    const looked = bytesRead();
    assertSame(makeStore().read('long', 'condensed').events);
    assert.ok(bytesRead() - looked < size / 3);
  });

  it('goes on with what is written after it was opened, and has all of it where all is asked for', () => {
    const { journal } = makeStore().open('long');
    const last: ThreadEvent = { ...events[1]!, seq: events.length + 1 };
    journal.append([last]);
    journal.close();
    assertSame(openAndClose(), [...events, last]);
    assert.deepEqual(makeStore().read('long').events, [...events, last]);
  });

  it('is condensed anew where that file is gone, damaged, cut, of another format or another journal', () => {
    const good = readFileSync(condensedPath());
    const flipped = Buffer.from(good);
    flipped[good.length - 30]! ^= 1;
    const firstLine = good.subarray(0, good.indexOf('\n')).toString('utf8').slice(9);
    const head = JSON.parse(firstLine) as Record<string, unknown>;
    const rest = good.subarray(good.indexOf('\n') + 1);
    const withHead = (changed: object) =>
      Buffer.concat([encodeRecord({ ...head, ...changed }), rest]);
    const mark = head.mark as Record<string, unknown>;
    const bad: readonly (Buffer | undefined)[] = [
      undefined,
      Buffer.alloc(0),
      Buffer.from('nonsense\n'),
      flipped,
      good.subarray(0, good.length - 1),
      good.subarray(0, good.subarray(0, -1).lastIndexOf('\n') + 1),
      withHead({ format: 99 }),
      withHead({ mark: { ...mark, checksum: '00000000' } }),
      withHead({ mark: { ...mark, journalBytes: 1e9 } }),
      withHead({ mark: { ...mark, recordBytes: -5 } }),
    ];
    for (const [index, bytes] of bad.entries()) {
      if (bytes) writeFileSync(condensedPath(), bytes);
      else makeStore().delete('long');
      if (!bytes) {
        const journal = makeStore().create('long');
        journal.append(events.slice(0, 10));
        journal.append(events.slice(10));
        journal.close();
      }
      assertSame(openAndClose());
      const again = readFileSync(condensedPath());
      assert.notDeepEqual(again, bytes, `case ${index}`);
      assertSame(openAndClose());
    }
  });

  it('is believed before what was condensed: also where its end was cut off', () => {
    const bytes = readFileSync(journalPath());
    const end = bytes.lastIndexOf('\n', bytes.length / 3) + 1;
    truncateSync(journalPath(), end);
    const whole = makeStore().read('long').events;
    assert.ok(whole.length < events.length / 2);
    assertSame(openAndClose(), whole);
  });

  it('is still told to be damaged where it was when it was condensed', () => {
    const bytes = readFileSync(journalPath());
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(journalPath(), bytes);
    makeStore().delete('long');
    folder().write('threads/long.jsonl', bytes);
    for (let time = 0; time < 2; time++) {
      const { journal, thread } = makeStore().open('long');
      journal.close();
      assert.match(thread.repair ?? '', /^One record of this thread is damaged/);
    }
    assert.ok(existsSync(condensedPath()));
  });

  it('of a newer format is refused, whatever is condensed', () => {
    const bytes = readFileSync(journalPath());
    const header = encodeRecord({ kind: 'tandem.thread', format: 9, threadId: 'long' });
    const rest = bytes.subarray(bytes.indexOf('\n') + 1);
    writeFileSync(journalPath(), Buffer.concat([header, rest]));
    assert.throws(() => makeStore().open('long'), /newer Tandem/);
  });

  it('is listed from the journal without reading it into memory at once', () => {
    const summary = folder().at('threads/long.summary');
    writeFileSync(summary, 'broken');
    assert.deepEqual(
      makeStore()
        .list()
        .map(({ title, cwd }) => ({ title, cwd })),
      [{ title: 'A long day', cwd: '/work' }],
    );
  });
});
