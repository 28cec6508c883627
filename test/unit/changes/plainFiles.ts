import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setLink } from '../../../src/adapters/disk/setLink';
import { Emitter } from '../../../src/base/emitter';
import {
  EditConflictError,
  type FileEdit,
  type FileTouch,
  type SavedFurther,
  type WorkspaceFiles,
} from '../../../src/ports/workspaceFiles';

/** The disk as WorkspaceFiles; the test itself says when the person touched a file. */
export class PlainFiles implements WorkspaceFiles {
  readonly touches = new Emitter<FileTouch>();
  readonly onDidChange = this.touches.event;

  constructor(readonly root: string) {}

  async read(path: string): Promise<Uint8Array | null> {
    const absolute = join(this.root, path);
    return existsSync(absolute) ? new Uint8Array(readFileSync(absolute)) : null;
  }

  async pathOfTarget(path: string): Promise<string> {
    const absolute = join(this.root, path);
    return existsSync(absolute) ? relative(this.root, realpathSync(absolute)) : path;
  }

  async isExecutable(path: string): Promise<boolean> {
    const absolute = join(this.root, path);
    return existsSync(absolute) && (statSync(absolute).mode & 0o100) !== 0;
  }

  async setLink(
    path: string,
    target: Uint8Array | null,
    expected: Uint8Array | null,
  ): Promise<void> {
    await setLink(realpathSync(this.root), path, target, expected);
  }

  async apply(edits: readonly FileEdit[]): Promise<readonly SavedFurther[]> {
    for (const { path, expected } of edits) {
      const now = await this.read(path);
      if (Buffer.compare(now ?? Buffer.of(1, 2, 3), expected ?? Buffer.of(1, 2, 3)) !== 0) {
        throw new EditConflictError(path);
      }
    }
    const modes = edits.map(({ modeOf }) => modeOf && statSync(join(this.root, modeOf)).mode);
    edits.forEach(({ path, bytes, executable }, index) => {
      const absolute = join(this.root, path);
      if (bytes === null) return rmSync(absolute);
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, bytes);
      const mode = modes[index];
      if (typeof mode === 'number') chmodSync(absolute, mode);
      if (executable !== undefined) {
        const now = statSync(absolute).mode;
        chmodSync(absolute, executable ? now | 0o111 : now & ~0o111);
      }
    });
    return [];
  }
}
