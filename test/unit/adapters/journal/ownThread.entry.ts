import { createInterface } from 'node:readline';
import { createJournalStore } from '../../../../src/adapters/journal/journalStore';

/**
 * A process of its own that owns a thread and stores a notice for each line of its standard input, saying what came of
 * it: `ownThread <folder> <thread id>`.
 */
const [folder = '', threadId = ''] = process.argv.slice(2);
const { journal, thread } = createJournalStore({ folder }).open(threadId);
let seq = thread.events.at(-1)?.seq ?? 0;
process.stdout.write('owns\n');
const lines = createInterface({ input: process.stdin });
lines.on('line', (text) => {
  try {
    seq += 1;
    journal.append([{ seq, at: 0, threadId, type: 'notice.raised', level: 'info', text }]);
    process.stdout.write('stored\n');
  } catch (error) {
    process.stdout.write(`refused: ${(error as Error).message}\n`);
  }
});
lines.on('close', () => journal.close());
