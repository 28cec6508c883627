import type { Memento } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { errorMessage } from '../base/errorMessage';
import type { ThreadEvent } from '../protocol/events';
import type { ThreadId } from '../protocol/ids';
import type { ThreadState } from '../protocol/threadState';
import type { ThreadSummary } from '../protocol/viewProtocol';
import type { Thread } from '../threads/thread';
import type { ThreadManager } from '../threads/threadManager';

const memoryKey = 'tandem.shownThread';

/**
 * The one thread that the view and the editors show. It is remembered, so that it comes back after a reload of the
 * window; threads that are not shown go on running.
 */
export class ShownThread implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private readonly events = this.store.add(new Emitter<ThreadEvent>());
  private subscription: Disposable | undefined;
  private restored: Promise<void> | undefined;
  private thread: Thread | undefined;
  /** True once somebody said which thread to show. */
  private chosen = false;

  /** Fires when another thread, or none, is shown. */
  readonly onDidChange = this.changed.event;
  /** Events of the thread that is shown. */
  readonly onEvent = this.events.event;

  /** `manager` makes the thread manager on its first call. */
  constructor(
    private readonly manager: () => Promise<ThreadManager>,
    private readonly memory: Memento,
    private readonly report: (problem: string) => void,
    private readonly retryDelaysMs: readonly number[] = [200, 300, 500, 1000, 2000],
  ) {}

  get current(): Thread | undefined {
    return this.thread;
  }

  get state(): ThreadState | null {
    return this.thread?.state ?? null;
  }

  /** Shows the remembered thread again; only the first call does something. */
  restore(): Promise<void> {
    this.restored ??= this.openRemembered();
    return this.restored;
  }

  /** Shows no thread: the next turn starts a new one. */
  clear(): void {
    this.show(undefined);
  }

  /** Shows a new thread on a folder (absolute). */
  async start(cwd: string): Promise<Thread> {
    const thread = (await this.manager()).start(cwd);
    this.show(thread);
    return thread;
  }

  /** Shows a thread that is open or stored. @throws JournalError */
  async open(id: ThreadId): Promise<void> {
    this.show((await this.manager()).open(id));
  }

  async list(cwd?: string): Promise<readonly ThreadSummary[]> {
    return (await this.manager()).list(cwd);
  }

  dispose(): void {
    this.subscription?.dispose();
    this.store.dispose();
  }

  private show(thread: Thread | undefined): void {
    // Whoever asked for a thread before the remembered one was back does not want that one any more.
    this.chosen = true;
    void this.memory.update(memoryKey, thread?.id);
    if (thread === this.thread) return;
    this.subscription?.dispose();
    this.thread = thread;
    this.subscription = thread?.onEvent((event) => this.events.fire(event));
    this.changed.fire();
  }

  private async openRemembered(): Promise<void> {
    const id = this.memory.get<string>(memoryKey);
    if (id === undefined) return;
    const problem = await this.tryRemembered(id);
    if (problem !== undefined) void this.tryAgain(id);
  }

  /** After a reload the window that was may hold the thread for a moment longer. Nobody waits for this. */
  private async tryAgain(id: ThreadId): Promise<void> {
    let problem: string | undefined;
    for (const waitMs of this.retryDelaysMs) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      problem = await this.tryRemembered(id);
      if (problem === undefined) return;
    }
    this.report(`The last thread could not be opened. ${problem}`);
  }

  /** Why the thread cannot be opened; undefined where it is shown, or no longer wanted. */
  private async tryRemembered(id: ThreadId): Promise<string | undefined> {
    try {
      const manager = await this.manager();
      if (!this.chosen) this.show(manager.open(id));
      return undefined;
    } catch (error) {
      return errorMessage(error);
    }
  }
}
