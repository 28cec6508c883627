import { Emitter } from '../base/emitter';
import type { Content } from '../changes/content';

/** A file that a thread wrote. */
export interface FolderWrite {
  /** Who wrote, to tell one's own writes apart. */
  readonly by: object;
  /** Absolute. */
  readonly path: string;
  readonly content: Content;
}

/**
 * What the threads of one host write, told to each other: to a thread, another thread's edit is no edit of its own and
 * none of its commands made it. Only two commands that run at the same time cannot be told apart.
 */
export class FolderWrites {
  private readonly written = new Emitter<FolderWrite>();
  readonly onDidWrite = this.written.event;

  tell(write: FolderWrite): void {
    this.written.fire(write);
  }
}
