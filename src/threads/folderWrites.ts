import type { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import type { Content } from '../changes/content';
import type { WorkspaceFiles } from '../ports/workspaceFiles';

/** A file that a thread wrote. */
interface FolderWrite {
  readonly by: OwnWrites;
  /** Absolute. */
  readonly path: string;
  readonly content: Content;
}

/** Hears of a file that another thread wrote; `path` is relative to the folder of the one who hears. */
type HearWrite = (path: string, content: Content) => void;

/**
 * What the threads of one host write, told to each other: to a thread, another thread's edit is no edit of its own and
 * none of its commands made it. Only two commands that run at the same time cannot be told apart.
 */
export class FolderWrites {
  readonly written = new Emitter<FolderWrite>();
  /** Settle when a write that has happened is told. */
  readonly untold = new Set<Promise<unknown>>();

  /** The part of a thread that works on these files. */
  join(files: WorkspaceFiles, hear: HearWrite): OwnWrites {
    return new OwnWrites(this, files, hear);
  }
}

/** What one thread tells the others of its writes, and hears of theirs. */
export class OwnWrites implements Disposable {
  private readonly listening: Disposable;

  constructor(
    private readonly all: FolderWrites,
    private readonly files: WorkspaceFiles,
    hear: HearWrite,
  ) {
    const folder = `${files.root}/`;
    this.listening = all.written.event(({ by, path, content }) => {
      if (by !== this && path.startsWith(folder)) hear(path.slice(folder.length), content);
    });
  }

  /** This thread wrote a file. */
  tell(path: string, content: Content): void {
    this.all.written.fire({ by: this, path: `${this.files.root}/${path}`, content });
  }

  /**
   * Tells edits without waiting for anything but their paths, and answers them with the paths as states and commands
   * know them: a file reached through a link is the same file.
   */
  tellEdits<Edit extends { readonly path: string; readonly after: Content }>(
    edits: readonly Edit[],
  ): Promise<readonly Edit[]> {
    const telling = this.withTargets(edits);
    const told: Promise<unknown> = telling
      .catch(() => undefined)
      .finally(() => this.all.untold.delete(told));
    this.all.untold.add(told);
    return telling;
  }

  /** Resolves when every write that has happened so far is told, so that none is taken for a command's. */
  async told(): Promise<void> {
    await Promise.all(this.all.untold);
  }

  dispose(): void {
    this.listening.dispose();
  }

  private async withTargets<Edit extends { readonly path: string; readonly after: Content }>(
    edits: readonly Edit[],
  ): Promise<readonly Edit[]> {
    const targets = await Promise.all(
      edits.map(async (edit) => ({ ...edit, path: await this.files.pathOfTarget(edit.path) })),
    );
    for (const { path, after } of targets) this.tell(path, after);
    return targets;
  }
}
