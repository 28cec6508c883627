import * as l10n from '@vscode/l10n';
import { constants } from 'node:fs';
import { open, readlink, realpath, type FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { FileAccessError } from '../../ports/workspaceFiles';

/**
 * A folder that stays the one that was checked, also where somebody puts a link in the place of one of its parents:
 * Linux reaches it through the open folder itself. Elsewhere it is looked at once more before each use.
 */
export class PinnedFolder {
  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle | undefined,
  ) {}

  /** @param path absolute, without links in it. @throws FileAccessError where there is a link in it by now. */
  static async open(path: string): Promise<PinnedFolder> {
    if (process.platform !== 'linux') {
      const folder = new PinnedFolder(path, undefined);
      await folder.check();
      return folder;
    }
    const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
    const handle = await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    const folder = new PinnedFolder(path, handle);
    await folder.check().catch(async (error: unknown) => {
      await handle.close();
      throw error;
    });
    return folder;
  }

  /** @throws FileAccessError where the folder is another one by now. */
  async check(): Promise<void> {
    const real = await (this.handle ? readlink(this.pinned(this.handle)) : realpath(this.path));
    if (real !== this.path)
      throw new FileAccessError(() => l10n.t('A folder was replaced while it was written to.'));
  }

  /** How to reach something in the folder. */
  at(name: string): string {
    return join(this.handle ? this.pinned(this.handle) : this.path, name);
  }

  /** An error's text with the folder named as people know it. */
  plainText(text: string): string {
    return this.handle ? text.replaceAll(this.pinned(this.handle) + sep, this.path + sep) : text;
  }

  async close(): Promise<void> {
    await this.handle?.close();
  }

  private pinned({ fd }: FileHandle): string {
    return `/proc/self/fd/${fd}`;
  }
}
