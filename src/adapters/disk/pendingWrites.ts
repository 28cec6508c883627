import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOwnerAlive, parseOwner, readOrEmpty, thisProcess } from './processOwner';

/** Far more than writing a record takes. */
const writingMs = 60_000;

/** The beginning of all names that a transaction gives to files which are there only while it runs. */
export function temporaryPrefix(transactionId: string): string {
  return `.tandem-${transactionId}-`;
}

/**
 * Knows which files a process is putting in place, so that what a killed one left behind is found again without looking
 * through the person's folders. Each transaction has a small file in the state folder while it runs.
 */
export class PendingWrites {
  private readonly folder: string;

  /** @param stateFolder absolute folder of Tandem's state; the records go to `writes` in it. */
  constructor(stateFolder: string) {
    this.folder = join(stateFolder, 'writes');
  }

  /**
   * Notes that a transaction begins to write temporary files into these folders; call the answer when none of them is
   * there any more, or when they are to stay. Where it cannot be noted, the write goes on without.
   */
  begin(transactionId: string, folders: readonly string[]): () => void {
    const path = join(this.folder, transactionId);
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      const record = { ...thisProcess(), folders: [...new Set(folders)] };
      writeFileSync(path, JSON.stringify(record), { flag: 'wx', mode: 0o600 });
    } catch {
      // The worst that follows is a file that nobody removes.
    }
    return () => {
      try {
        rmSync(path, { force: true });
      } catch {
        // It is swept when this process is gone; what was written stands.
      }
    };
  }

  /** Removes the temporary files of processes that are gone, and only those. */
  sweep(): void {
    for (const id of namesIn(this.folder)) {
      try {
        this.sweepOne(id);
      } catch {
        // It may not be removed now; the next start tries again.
      }
    }
  }

  private sweepOne(id: string): void {
    const path = join(this.folder, id);
    const content = readOrEmpty(path);
    const owner = parseOwner(content);
    if (!owner && isOld(path)) rmSync(path, { force: true });
    if (!owner || isOwnerAlive(owner)) return;
    for (const folder of foldersOf(content)) {
      for (const name of namesIn(folder)) {
        if (name.startsWith(temporaryPrefix(id))) rmSync(join(folder, name), { force: true });
      }
    }
    rmSync(path, { force: true });
  }
}

/** True for a record that nobody is just writing: without an owner a crash cut it off before anything followed. */
function isOld(path: string): boolean {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > writingMs;
}

function foldersOf(content: string): readonly string[] {
  const { folders } = JSON.parse(content) as { readonly folders?: unknown };
  return Array.isArray(folders) ? folders.filter((each) => typeof each === 'string') : [];
}

/** What is in a folder; nothing where it is gone or may not be read. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
