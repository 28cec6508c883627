import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  type BigIntStats,
} from 'node:fs';
import { JournalError, type Claim } from '../../ports/threadStore';
import { isOwnerAlive, parseOwner, readOrEmpty, thisProcess } from '../disk/processOwner';
import { faultCode } from './storageFault';

/** A lock that is being made is empty for a moment; one that stays empty belongs to a crash. */
const emptyLockMs = 2000;

/** The right to write a journal, held by this process alone while the file exists. */
export interface JournalLock {
  /** False where the file is gone or is no longer ours. */
  isHeld(): boolean;
  release(): void;
}

/**
 * Takes a lock file by exclusive create. A lock whose owner is dead is taken over, one whose owner lives only with the
 * claim `takeOver`; the lock's file is another one then, by which the owner before sees that it has lost the thread.
 * @throws JournalError where a living process has it; errors of the file system as they are.
 */
export function takeLock(path: string, claim: Claim = 'whenFree'): JournalLock {
  if (claim === 'takeOver') return heldLock(path, replaceLock(path));
  for (let attempt = 0; attempt < 3; attempt++) {
    const identity = tryCreate(path);
    if (identity !== undefined) return heldLock(path, identity);
    const content = readOrEmpty(path);
    if (isAlive(path, content)) break;
    removeDead(path, content);
  }
  const pid = parseOwner(readOrEmpty(path))?.pid;
  throw new JournalError(
    pid === process.pid
      ? l10n.t(
          'This window has this thread open already. Nothing was changed. Go on there, or close it there first.',
        )
      : l10n.t(
          'Another window (process {0}) has this thread open already. Nothing was changed. Go on there, or close it there first.',
          pid ?? '?',
        ),
    { owner: 'elsewhere' },
  );
}

function heldLock(path: string, identity: string): JournalLock {
  const isHeld = () => {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats !== undefined && identityOf(stats) === identity;
  };
  return {
    isHeld,
    release() {
      if (isHeld()) rmSync(path, { force: true });
    },
  };
}

/** Inodes are used again at once, so the time of writing belongs to it. */
function identityOf(stats: BigIntStats): string {
  return `${stats.ino} ${stats.mtimeNs}`;
}

/** Puts a lock of ours in the place of whatever is there, in one step; where several do, the last one has it. */
function replaceLock(path: string): string {
  const temporary = `${path}.${randomUUID()}`;
  try {
    const identity = tryCreate(temporary);
    if (identity === undefined) throw new Error('The name of a new lock is taken.');
    renameSync(temporary, path);
    return identity;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Creates the lock and answers its identity; undefined where there is one already. */
function tryCreate(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (faultCode(error) === 'EEXIST') return undefined;
    throw error;
  }
  try {
    writeSync(file, JSON.stringify(thisProcess()));
    return identityOf(fstatSync(file, { bigint: true }));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/**
 * Removes a dead owner's lock. One process at a time does that, by a guard of its own, so that nobody removes the new
 * lock of whoever was faster; the others see that lock with their next attempt.
 */
function removeDead(path: string, deadContent: string): void {
  const guard = `${path}.guard`;
  if (tryCreate(guard) === undefined) {
    if (isOld(guard)) rmSync(guard, { force: true });
    return;
  }
  try {
    if (readOrEmpty(path) === deadContent) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** True for a file that nobody is in the middle of making: it takes moments, so a crash left it so. */
function isOld(path: string): boolean {
  const writtenAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Math.abs(Date.now() - writtenAt) >= emptyLockMs;
}

function isAlive(path: string, content: string): boolean {
  const owner = parseOwner(content);
  return owner ? isOwnerAlive(owner) : !isOld(path);
}
