import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createJournalStore } from '../../../../src/adapters/journal/journalStore';
import { JournalError } from '../../../../src/ports/threadStore';
import type { ThreadEvent } from '../../../../src/protocol/events';
import { useTempFolder } from '../../../support/tempFolder';

function notice(threadId: string, seq: number, text = 'x'): ThreadEvent {
  return { seq, at: seq, threadId, type: 'notice.raised', level: 'info', text };
}

describe('journals on a failing disk', () => {
  const folder = useTempFolder();

  it('lose only the records that a block of zeros covers, and count them', () => {
    const store = createJournalStore({ folder: folder().path });
    const journal = store.create('a');
    const events = Array.from({ length: 100 }, (_none, index) =>
      notice('a', index + 1, 'y'.repeat(200)),
    );
    journal.append(events);
    journal.close();
    const path = folder().at('threads/a.jsonl');
    const bytes = readFileSync(path);
    const start = 8192;
    const before = bytes.subarray(0, start).filter((byte) => byte === 10).length - 1;
    const after = bytes.subarray(start + 4096).filter((byte) => byte === 10).length;
    bytes.fill(0, start, start + 4096);
    writeFileSync(path, bytes);
    const { events: kept, repair } = store.read('a');
    // The record the block ends in is cut, the one it begins in as well.
    assert.deepEqual(
      kept.map(({ seq }) => seq),
      [...events.slice(0, before), ...events.slice(1 - after)].map(({ seq }) => seq),
    );
    assert.match(repair ?? '', /damaged and w(as|ere) left out/);
    store.open('a').journal.close();
    assert.deepEqual(readFileSync(path), bytes);
  });

  it('say why a read-only disk takes nothing, go on when it does, and leave other threads alone', function () {
    const disk = folder().at('disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      console.warn('      SKIPPED: no disk can be mounted here, so a read-only one is not tested');
      this.skip();
    }
    try {
      const broken = createJournalStore({ folder: disk });
      const other = createJournalStore({ folder: folder().path }).create('other');
      const first = broken.create('a');
      first.append([{ seq: 1, at: 1, threadId: 'a', type: 'thread.started', cwd: '/work' }]);
      first.close();
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      const isReadOnly = (error: unknown) =>
        error instanceof JournalError && /the disk is read-only/.test(error.message);
      assert.throws(() => broken.create('b'), isReadOnly);
      assert.throws(() => broken.open('a'), isReadOnly);
      assert.throws(() => broken.open('a', 'takeOver'), isReadOnly);
      assert.throws(() => broken.delete('a'), isReadOnly);
      assert.equal(broken.read('a').events.length, 1);
      assert.equal(broken.list().length, 1);
      other.append([notice('other', 1)]);
      other.close();
      execFileSync('mount', ['-o', 'remount,rw', disk]);
      const { journal } = broken.open('a');
      journal.append([notice('a', 2)]);
      journal.close();
      assert.equal(broken.read('a').events.length, 2);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
