import { newId, type ThreadId } from '../protocol/ids';
import { runningTurn } from '../protocol/threadState';
import type { ThreadSummary } from '../protocol/viewProtocol';
import { Thread } from './thread';
import type { ThreadPorts } from './threadPorts';

/** Opens, lists and closes the threads of one host. */
export class ThreadManager {
  private readonly threads = new Map<ThreadId, Thread>();

  constructor(private readonly ports: ThreadPorts) {}

  /** A new thread on a folder (absolute); it is stored with its first turn. */
  start(cwd: string): Thread {
    const thread = new Thread(newId(), cwd, this.ports);
    this.threads.set(thread.id, thread);
    return thread;
  }

  /** An open thread, or a stored one read back. @throws JournalError */
  open(id: ThreadId): Thread {
    const known = this.threads.get(id);
    if (known) return known;
    const thread = new Thread(id, '', this.ports, this.ports.store.open(id));
    this.threads.set(id, thread);
    return thread;
  }

  /** Stored threads of a folder (all where absent), newest first. */
  list(cwd?: string): readonly ThreadSummary[] {
    return this.ports.store
      .list()
      .filter((thread) => cwd === undefined || thread.cwd === cwd)
      .map(({ id, title, updatedAt }) => ({ id, title, updatedAt, running: this.isRunning(id) }));
  }

  /** Closes a thread and deletes everything stored of it. */
  async delete(id: ThreadId): Promise<void> {
    await this.close(id);
    this.ports.store.delete(id);
  }

  /** Ends a thread's turn and lets go of it; what is stored stays. */
  async close(id: ThreadId): Promise<void> {
    const thread = this.threads.get(id);
    this.threads.delete(id);
    await thread?.dispose();
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.threads.keys()].map((id) => this.close(id)));
  }

  private isRunning(id: ThreadId): boolean {
    const thread = this.threads.get(id);
    return thread !== undefined && runningTurn(thread.state) !== undefined;
  }
}
