import type { ThreadId } from '../protocol/ids';
import type { ThreadSummary } from '../protocol/viewProtocol';
import type { Thread } from './thread';
import type { ThreadPorts } from './threadPorts';

/** Opens, lists and closes the threads of one host. */
export class ThreadManager {
  constructor(private readonly ports: ThreadPorts) {}

  /** A new thread on a folder; it is stored with its first turn. */
  start(_cwd: string): Thread {
    void this.ports;
    throw new Error('under construction');
  }

  /** An open thread, or a stored one read back. @throws JournalError */
  open(_id: ThreadId): Thread {
    throw new Error('under construction');
  }

  /** Threads of a folder (all where absent), newest first. */
  list(_cwd?: string): readonly ThreadSummary[] {
    return [];
  }

  /** Deletes a thread and everything stored of it. */
  async delete(_id: ThreadId): Promise<void> {}

  async dispose(): Promise<void> {}
}
