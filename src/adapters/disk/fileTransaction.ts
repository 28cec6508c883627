import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { temporaryPrefix } from './pendingWrites';
import { PinnedFolder } from './pinnedFolder';

interface Staged {
  readonly folder: PinnedFolder;
  readonly name: string;
  /** Name of the new content beside the target; null where the target goes. */
  readonly temporary: string | null;
}

/**
 * Changes several files, all or none. New content is written beside its target first, so that only renames are left
 * when the first file changes; replaced files are kept until `commit` and brought back by `rollBack`. Targets are real
 * paths, without links in them. Call `close` at the end.
 */
export class FileTransaction {
  /** Part of the name of every file that is there only while it runs. */
  readonly id = randomBytes(6).toString('hex');
  private names = 0;
  private readonly folders = new Map<string, PinnedFolder>();
  private readonly staged: Staged[] = [];
  private readonly madeFolders: string[] = [];
  /** What is undone in reverse order, and files that go when all is well. */
  private readonly undo: (() => Promise<void>)[] = [];
  private readonly kept: string[] = [];

  /** Stages new content; `mode` are its permission bits. */
  async write(target: string, bytes: Uint8Array, mode: number): Promise<void> {
    await this.makeFolder(dirname(target));
    const folder = await this.pin(dirname(target));
    const temporary = this.temporaryName();
    this.staged.push({ folder, name: basename(target), temporary });
    // `wx` refuses a name that someone put there before us, also a link.
    const file = await open(folder.at(temporary), 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.chmod(mode);
    } finally {
      await file.close();
    }
  }

  /** Stages the removal of a file. */
  async remove(target: string): Promise<void> {
    const folder = await this.pin(dirname(target));
    this.staged.push({ folder, name: basename(target), temporary: null });
  }

  /** Puts everything in place. @throws Error, after which `rollBack` restores what was there. */
  async commit(): Promise<void> {
    for (const { folder, name, temporary } of this.staged) {
      await folder.check();
      const target = folder.at(name);
      const aside = folder.at(this.temporaryName());
      if (temporary === null) {
        await rename(target, aside);
        this.keep(aside, target);
      } else {
        // A second name keeps the old content, so that the rename replaces it without a moment of absence.
        const replaced = await keepContent(target, aside);
        await rename(folder.at(temporary), target);
        if (replaced) this.keep(aside, target);
        else this.undo.push(() => rm(target, { force: true }));
      }
    }
    // All is in place: a copy that cannot be removed is no reason to take it back.
    await Promise.all(this.kept.map((path) => rm(path, { force: true }).catch(() => {})));
  }

  /** Brings back what was there before. Answers false where a file could not be brought back. */
  async rollBack(): Promise<boolean> {
    let whole = true;
    for (const step of this.undo.reverse()) await step().catch(() => (whole = false));
    for (const { folder, temporary } of this.staged) {
      if (temporary) await rm(folder.at(temporary), { force: true });
    }
    for (const folder of this.madeFolders.reverse()) await rmdir(folder).catch(() => {});
    return whole;
  }

  /** Lets go of the folders. */
  async close(): Promise<void> {
    await Promise.all([...this.folders.values()].map((folder) => folder.close()));
  }

  /** An error's text with paths as people know them. */
  plainText(text: string): string {
    return [...this.folders.values()].reduce((plain, folder) => folder.plainText(plain), text);
  }

  private async pin(path: string): Promise<PinnedFolder> {
    const folder = this.folders.get(path) ?? (await PinnedFolder.open(path));
    this.folders.set(path, folder);
    return folder;
  }

  private temporaryName(): string {
    return `${temporaryPrefix(this.id)}${this.names++}`;
  }

  private keep(aside: string, target: string): void {
    this.kept.push(aside);
    this.undo.push(() => rename(aside, target));
  }

  private async makeFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
    if (first === undefined) return;
    const made: string[] = [];
    for (let path = folder; path.length >= first.length; path = dirname(path)) made.unshift(path);
    this.madeFolders.push(...made);
  }
}

/** Keeps a file's content under a second name; false where there is no file. */
async function keepContent(target: string, aside: string): Promise<boolean> {
  try {
    await link(target, aside);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    // Not every file system has second names.
    await copyFile(target, aside, constants.COPYFILE_EXCL);
    return true;
  }
}
