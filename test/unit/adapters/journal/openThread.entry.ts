import { createJournalStore } from '../../../../src/adapters/journal/journalStore';

/**
 * A process of its own that opens a thread at a given moment, says whether it got it, and keeps it until its standard
 * input ends: `openThread <folder> <thread id> <milliseconds since 1970>`.
 */
const [folder = '', id = '', startAt = '0'] = process.argv.slice(2);
const store = createJournalStore({ folder });
while (Date.now() < Number(startAt)) {
  // Spinning meets the moment more exactly than a timer.
}
try {
  const { journal } = store.open(id);
  process.stdin.on('end', () => journal.close());
  process.stdout.write('took it');
} catch {
  process.stdout.write('refused');
}
process.stdin.resume();
