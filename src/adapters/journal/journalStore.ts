import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { ThreadId } from '../../protocol/ids';
import type { Log } from '../../ports/log';
import {
  JournalError,
  type Claim,
  type Extent,
  type FoundThread,
  type Journal,
  type ReadThread,
  type StoredThread,
  type ThreadStore,
} from '../../ports/threadStore';
import { writeCondensed } from './condensedFile';
import { JournalFile } from './journalFile';
import { journalFormat, parseJournal, type ParsedJournal } from './journalLines';
import { removeLeftovers } from './leftovers';
import { loadJournal, type LoadedJournal } from './loadJournal';
import { takeLock, type JournalLock } from './journalLock';
import { searchJournals } from './searchJournals';
import { faultCode, storageFault } from './storageFault';
import {
  emptySummary,
  readSummary,
  summarize,
  writeSummary,
  type ThreadSummaryFile,
} from './threadSummary';

export interface JournalStoreOptions {
  /** Absolute folder of Tandem's state; journals go to `threads` in it. */
  readonly folder: string;
  readonly log?: Log;
  /** Bytes of a journal after which what a thread goes on from is stored anew beside it. */
  readonly condenseEvery?: number;
}

/** Threads as journals on the disk, one append-only file each, readable by the person alone. */
export function createJournalStore(options: JournalStoreOptions): ThreadStore {
  const { folder, log, condenseEvery = 32 * 1024 * 1024 } = options;
  return new JournalStore(join(folder, 'threads'), condenseEvery, log);
}

const extension = '.jsonl';

class JournalStore implements ThreadStore {
  constructor(
    private readonly folder: string,
    private readonly condenseEvery: number,
    private readonly log: Log | undefined,
  ) {}

  create(id: ThreadId): Journal {
    const path = this.path(id);
    return this.own(id, l10n.t('The thread could not be stored'), 'whenFree', (lock) => {
      if (statSync(path, { throwIfNoEntry: false })) {
        throw new JournalError(
          l10n.t('There is a thread with this id already. Nothing was changed.'),
        );
      }
      const file = openSync(path, 'wx+', 0o600);
      const journal = this.journal(id, { file, lock, committedBytes: 0 }, emptySummary, 0);
      try {
        this.writeHeader(journal, id);
      } catch (error) {
        journal.close();
        rmSync(path, { force: true });
        throw error;
      }
      return journal;
    });
  }

  open(id: ThreadId, claim: Claim = 'whenFree'): { journal: Journal; thread: ReadThread } {
    const path = this.path(id);
    this.requireFile(path);
    return this.own(id, l10n.t('The thread could not be opened'), claim, (lock) => {
      if (claim === 'takeOver') replaceByCopy(path);
      removeLeftovers(this.folder, id);
      const loaded = this.load(id);
      const { tail, wholeBytes } = loaded;
      const asideName = tail.length > 0 ? this.setAside(id, tail) : undefined;
      const file = openSync(path, 'r+');
      try {
        if (tail.length > 0) ftruncateSync(file, wholeBytes);
        const summary = this.refreshSummary(id, loaded);
        const condensedBytes = this.storeCondensed(id, loaded);
        const parts = { file, lock, committedBytes: wholeBytes };
        const journal = this.journal(id, parts, summary, condensedBytes);
        if (wholeBytes === 0) this.writeHeader(journal, id);
        return { journal, thread: this.readThread(loaded, asideName) };
      } catch (error) {
        closeSync(file);
        throw error;
      }
    });
  }

  read(id: ThreadId, extent: Extent = 'whole'): ReadThread {
    const path = this.path(id);
    this.requireFile(path);
    try {
      return this.readThread(extent === 'whole' ? readWhole(path) : this.load(id));
    } catch (error) {
      throw asJournalError(l10n.t('The thread could not be read'), error);
    }
  }

  list(): readonly StoredThread[] {
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch (error) {
      if (faultCode(error) !== 'ENOENT') this.log?.error('The threads could not be listed.', error);
      return [];
    }
    return names
      .filter((name) => name.endsWith(extension))
      .flatMap((name) => this.listOne(name.slice(0, -extension.length)))
      .sort((a, b) => b.updatedAt - a.updatedAt);
  }

  search(
    query: string,
    among: readonly StoredThread[],
    signal: AbortSignal,
  ): Promise<readonly FoundThread[]> {
    const journals = among.map(({ id, title }) => ({ id, title, path: this.path(id) }));
    return searchJournals(query, journals, signal);
  }

  delete(id: ThreadId): void {
    const path = this.path(id);
    this.requireFile(path);
    this.own(id, l10n.t('The thread could not be deleted'), 'whenFree', (lock) => {
      // Ids have no dots, so what begins like this is this thread's: journal, torn parts, summary, what a crash left.
      for (const name of readdirSync(this.folder)) {
        if (name.startsWith(`${id}.`) && name !== `${id}.lock` && name !== basename(path)) {
          rmSync(join(this.folder, name), { force: true });
        }
      }
      // Last, so that whoever is killed before has deleted nothing that cannot be made again from it.
      rmSync(path, { force: true });
      lock.release();
    });
  }

  /** Does something as the only writer of a thread; whatever fails gives the lock back. */
  private own<T>(id: ThreadId, failed: string, claim: Claim, act: (lock: JournalLock) => T): T {
    let lock: JournalLock | undefined;
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      lock = takeLock(join(this.folder, `${id}.lock`), claim);
      return act(lock);
    } catch (error) {
      lock?.release();
      throw asJournalError(failed, error);
    }
  }

  private journal(
    id: ThreadId,
    parts: { file: number; lock: JournalLock; committedBytes: number },
    known: ThreadSummaryFile,
    condensedBytes: number,
  ): JournalFile {
    let summary = known;
    let condensed = condensedBytes;
    return new JournalFile({
      ...parts,
      path: this.path(id),
      onAppended: (events, committedBytes) => {
        const next = summarize(summary, events);
        if (next !== summary) writeSummary(this.summaryPath(id), next);
        summary = next;
        if (committedBytes - condensed < this.condenseEvery) return;
        // Where it fails, it is tried again only after as much again.
        condensed = committedBytes;
        this.condense(id);
      },
    });
  }

  /** What a thread needs to go on. @throws JournalError where the file is no journal we read. */
  private load(id: ThreadId): LoadedJournal {
    const { condenseEvery } = this;
    const paths = { journal: this.path(id), condensed: this.condensedPath(id), condenseEvery };
    const loaded = loadJournal(paths);
    requireKnownFormat(loaded);
    requireJournal(loaded, loaded.sawLine);
    return loaded;
  }

  /** Stores what opening needs; a failure costs time at the next opening, nothing else. */
  private condense(id: ThreadId): void {
    try {
      this.storeCondensed(id, this.load(id));
    } catch (error) {
      this.log?.warn(`A long thread could not be condensed: ${faultCode(error) || 'unreadable'}.`);
    }
  }

  /** Answers up to which byte the journal is condensed. */
  private storeCondensed(id: ThreadId, { toStore, condensedBytes }: LoadedJournal): number {
    if (!toStore) return condensedBytes;
    try {
      writeCondensed(this.condensedPath(id), toStore);
    } catch (error) {
      this.log?.warn(`A long thread could not be condensed: ${faultCode(error) || 'unwritable'}.`);
    }
    return toStore.mark.journalBytes;
  }

  private writeHeader(journal: JournalFile, threadId: ThreadId): void {
    journal.writeHeader({ kind: 'tandem.thread', format: journalFormat, threadId });
  }

  private listOne(id: ThreadId): StoredThread[] {
    try {
      const updatedAt = statSync(this.path(id)).mtimeMs;
      const summary = readSummary(this.summaryPath(id)) ?? this.rebuildSummary(id);
      const { title, cwd, archived } = summary;
      if (cwd === '') return [];
      return [{ id, title, cwd, updatedAt, ...(archived ? { archived: true } : {}) }];
    } catch (error) {
      this.log?.warn(`A thread is left out of the list: ${faultCode(error) || 'unreadable'}.`);
      return [];
    }
  }

  private rebuildSummary(id: ThreadId): ThreadSummaryFile {
    return this.refreshSummary(id, this.load(id));
  }

  private refreshSummary(id: ThreadId, parsed: ParsedJournal): ThreadSummaryFile {
    const path = this.summaryPath(id);
    const summary = summarize(emptySummary, parsed.events);
    const stored = readSummary(path);
    const same =
      stored?.title === summary.title &&
      stored.cwd === summary.cwd &&
      stored.archived === summary.archived;
    if (!same && summary !== emptySummary) writeSummary(path, summary);
    return summary;
  }

  /** Copies a torn tail to a file of its own; answers its name. */
  private setAside(id: ThreadId, tail: Buffer): string {
    for (let number = 1; ; number++) {
      const path = join(this.folder, `${id}.torn-${number}`);
      try {
        writeFileSync(path, tail, { flag: 'wx', mode: 0o600 });
        return basename(path);
      } catch (error) {
        if (faultCode(error) === 'EEXIST') continue;
        rmSync(path, { force: true });
        throw error;
      }
    }
  }

  private readThread(parsed: ParsedJournal, asideName?: string): ReadThread {
    const { events, damagedLines } = parsed;
    const sentences = [
      ...(damagedLines === 1
        ? [l10n.t('One record of this thread is damaged and was left out.')]
        : []),
      ...(damagedLines > 1
        ? [l10n.t('{0} records of this thread are damaged and were left out.', damagedLines)]
        : []),
      ...(asideName
        ? [
            l10n.t(
              'The end of this thread was not written completely; it was set aside as {0}.',
              asideName,
            ),
          ]
        : []),
    ];
    if (sentences.length === 0) return { events };
    this.log?.warn(`A journal was repaired: ${damagedLines} damaged records.`);
    return { events, repair: [...sentences, l10n.t('Everything else is intact.')].join(' ') };
  }

  private requireFile(path: string): void {
    if (statSync(path, { throwIfNoEntry: false })) return;
    throw new JournalError(l10n.t('There is no such thread. It was deleted, or stored elsewhere.'));
  }

  private path(id: ThreadId): string {
    if (!/^[\w-]{1,64}$/.test(id))
      throw new JournalError(l10n.t('{0} is no id of a thread.', JSON.stringify(id)));
    return join(this.folder, `${id}${extension}`);
  }

  private summaryPath(id: ThreadId): string {
    return join(this.folder, `${id}.summary`);
  }

  private condensedPath(id: ThreadId): string {
    return join(this.folder, `${id}.condensed`);
  }
}

/**
 * Gives the journal another file with the same content: a process that had it open before, and may sleep in the middle
 * of a write, then writes into a file that has no name any more.
 */
function replaceByCopy(path: string): void {
  const copy = `${path}.${randomUUID()}`;
  try {
    copyFileSync(path, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    renameSync(copy, path);
  } catch (error) {
    rmSync(copy, { force: true });
    throw error;
  }
}

function readWhole(path: string): ParsedJournal {
  const bytes = readFileSync(path);
  const parsed = parseJournal(bytes);
  requireKnownFormat(parsed);
  requireJournal(parsed, bytes.includes('\n'));
  return parsed;
}

function requireKnownFormat({ header }: ParsedJournal): void {
  if (!header || header.format <= journalFormat) return;
  throw new JournalError(
    l10n.t(
      'This thread was stored by a newer Tandem (format {0}; this one reads {1}). Nothing was changed. Update Tandem to open it.',
      String(header.format),
      journalFormat,
    ),
  );
}

/**
 * A file without a single whole record is a journal only where a crash cut its header off: then it is empty or one
 * unfinished line. Anything else is somebody else's.
 */
function requireJournal({ wholeBytes }: ParsedJournal, sawLine: boolean): void {
  if (wholeBytes > 0 || !sawLine) return;
  throw new JournalError(
    l10n.t(
      'This file is not the journal of a thread. It was left as it is. Look at it, or delete the thread.',
    ),
  );
}

function asJournalError(what: string, error: unknown): JournalError {
  if (error instanceof JournalError) return error;
  return storageFault(what, error, l10n.t('What was stored before is untouched.'));
}
