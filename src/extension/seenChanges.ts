import type { Memento } from 'vscode';
import type { SeenChanges } from '../protocol/changePreview';
import type { ThreadId } from '../protocol/ids';

const memoryKey = 'tandem.seenChanges';

/** Threads that are remembered at most; the one looked at longest ago is forgotten first. */
const maxThreads = 20;

/** Stored newest last. */
type Stored = readonly (readonly [ThreadId, SeenChanges])[];

/** What the person has seen of each thread's changes, kept over reloads of the window. */
export class SeenChangesMemory {
  constructor(private readonly memory: Memento) {}

  /** Null where the person never looked. */
  get(threadId: ThreadId): SeenChanges | null {
    return this.stored().find(([id]) => id === threadId)?.[1] ?? null;
  }

  async mark(threadId: ThreadId, seen: SeenChanges): Promise<void> {
    const others = this.stored().filter(([id]) => id !== threadId);
    const kept: Stored = [...others, [threadId, seen] as const].slice(-maxThreads);
    await this.memory.update(memoryKey, kept);
  }

  private stored(): Stored {
    return this.memory.get<Stored>(memoryKey) ?? [];
  }
}
