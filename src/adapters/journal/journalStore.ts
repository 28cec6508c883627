import {
  constants,
  copyFileSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../ports/log';
import {
  JournalError,
  type Journal,
  type ReadThread,
  type ThreadStore,
} from '../../ports/threadStore';
import type { ThreadId } from '../../protocol/ids';
import { FileJournal } from './fileJournal';
import { readJournal, type JournalContent } from './readJournal';
import { headerLine } from './record';
import { listThreads } from './threadListing';
import { takeThreadLock } from './threadLock';

/**
 * Threads as append-only files, one each, below a folder of ours: `threads/<id>.jsonl`, readable by their owner only.
 * Rules of the format: a header with a version, one record a line with a checksum, one writer, a torn tail is set aside.
 */
export function createJournalStore(options: {
  readonly folder: string;
  readonly log: Log;
}): ThreadStore {
  const folder = join(options.folder, 'threads');
  const fileOf = (id: ThreadId) => join(folder, `${safeName(id)}.jsonl`);

  function create(id: ThreadId): Journal {
    const file = fileOf(id);
    return withReason(`The thread cannot be stored in ${folder}`, () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const release = takeThreadLock(`${file}.lock`);
      try {
        const descriptor = openSync(file, 'wx', 0o600);
        const header = headerLine();
        writeSync(descriptor, header);
        return new FileJournal(descriptor, Buffer.byteLength(header), release);
      } catch (error) {
        release();
        throw error;
      }
    });
  }

  function open(id: ThreadId): { journal: Journal; thread: ReadThread } {
    const file = fileOf(id);
    return withReason('The thread cannot be opened', () => {
      mustExist(file);
      const release = takeThreadLock(`${file}.lock`);
      try {
        const bytes = readFileSync(file);
        const content = readJournal(bytes);
        const descriptor = openSync(file, constants.O_RDWR);
        const torn = bytes.length - content.committedBytes;
        if (torn > 0) {
          copyFileSync(file, freeTornName(file));
          ftruncateSync(descriptor, content.committedBytes);
          options.log.warn(`A thread's torn tail of ${torn} bytes was set aside.`);
        }
        const journal = new FileJournal(descriptor, content.committedBytes, release);
        return { journal, thread: toThread(content, torn) };
      } catch (error) {
        release();
        throw error;
      }
    });
  }

  function read(id: ThreadId): ReadThread {
    const file = fileOf(id);
    return withReason('The thread cannot be read', () => {
      mustExist(file);
      return toThread(readJournal(readFileSync(file)), 0);
    });
  }

  function remove(id: ThreadId): void {
    const file = fileOf(id);
    withReason('The thread cannot be deleted', () => {
      mustExist(file);
      const release = takeThreadLock(`${file}.lock`);
      rmSync(file, { force: true });
      for (let n = 1; existsSync(tornName(file, n)); n++) rmSync(tornName(file, n));
      release();
    });
  }

  return { create, open, read, list: () => listThreads(folder), delete: remove };
}

function toThread({ events, damaged }: JournalContent, tornBytes: number): ReadThread {
  const repairs: string[] = [];
  if (tornBytes > 0) {
    repairs.push(
      'its end was torn, as after a crash; the torn part was set aside beside the journal',
    );
  }
  if (damaged > 0) repairs.push(`${damaged} damaged records were passed over`);
  if (repairs.length === 0) return { events };
  return {
    events,
    repair: `This thread was repaired: ${repairs.join(', and ')}. Everything else is there.`,
  };
}

/** Ids name files, so they hold nothing a path could be made of. */
function safeName(id: ThreadId): string {
  if (/^[\w-]{1,64}$/.test(id)) return id;
  throw new JournalError(`${JSON.stringify(id)} is not the id of a thread.`);
}

function mustExist(file: string): void {
  if (!existsSync(file))
    throw new JournalError('There is no such thread. `tandem threads list` shows all.');
}

function tornName(file: string, number: number): string {
  return `${file.slice(0, -'.jsonl'.length)}.torn-${number}`;
}

function freeTornName(file: string): string {
  let number = 1;
  while (existsSync(tornName(file, number))) number++;
  return tornName(file, number);
}

/** Turns what the system says into a sentence; a JournalError already is one. */
function withReason<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof JournalError) throw error;
    throw new JournalError(`${what}: ${(error as Error).message}`);
  }
}
