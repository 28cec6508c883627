import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { toldMessage } from '../base/toldError';
import type { ThreadEvent } from '../protocol/events';
import type { ThreadId, TurnId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { ThreadState } from '../protocol/threadState';
import type { ThreadSummary } from '../protocol/viewProtocol';
import type { Thread } from '../threads/thread';
import type { ThreadManager } from '../threads/threadManager';

const memoryKey = 'tandem.shownThread';

/** What can be done with threads whether they are shown or not. */
type AnyThreads = Pick<
  ThreadManager,
  'rename' | 'archive' | 'search' | 'export' | 'opened' | 'sandboxUnavailable'
>;

/** What commands, editors and views do with a thread that is shown. */
export type Shown = Pick<ShownThread, Exclude<keyof ShownThread, 'dispose'>>;

/**
 * The one thread that a surface shows. It is remembered, so that it comes back after a reload of the window; threads
 * that are not shown go on running.
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
  /** What was deleted from here last and can still be kept, with who showed it. */
  private deleted: { readonly id: ThreadId; readonly by: readonly ShownThread[] } | undefined;

  /** Fires when another thread, or none, is shown. */
  readonly onDidChange = this.changed.event;
  /** Events of the thread that is shown. */
  readonly onEvent = this.events.event;

  /** `manager` makes the thread manager on its first call. */
  constructor(
    private readonly manager: () => Promise<ThreadManager>,
    private readonly memory: Pick<Memento, 'get' | 'update'>,
    private readonly report: (problem: string) => void,
    private readonly retryDelaysMs: readonly number[] = [200, 300, 500, 1000, 2000],
    /** What the window's other surfaces show. */
    private readonly others: () => readonly ShownThread[] = () => [],
  ) {}

  get current(): Thread | undefined {
    return this.thread;
  }

  get state(): ThreadState | null {
    return this.thread?.state ?? null;
  }

  /** True where another window owns the thread. */
  get readOnly(): boolean {
    return this.thread?.readOnly ?? false;
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

  /** Reads a thread that another window owns anew, and owns it where it is free by now. @throws JournalError */
  async refresh(): Promise<void> {
    this.thread?.checkOwner();
    if (this.thread?.readOnly) await this.open(this.thread.id);
  }

  /** Makes this window the owner of the thread. @throws JournalError */
  async takeOver(): Promise<void> {
    if (this.thread?.readOnly) this.show((await this.manager()).takeOver(this.thread.id));
  }

  /** Shows a copy of a thread, see ThreadManager.fork; answers what the person had said in that turn. @throws JournalError */
  async fork(id: ThreadId, turnId?: TurnId): Promise<UserInput | null> {
    const { thread, input } = (await this.manager()).fork(id, turnId);
    this.show(thread);
    return input;
  }

  /** Deletes a thread; where it is the one that is shown, none is shown then. @throws JournalError */
  async delete(id: ThreadId): Promise<void> {
    const manager = await this.manager();
    await manager.delete(id);
    for (const each of this.showing(id)) each.clear();
  }

  /** Deletes a thread after a while in which that can be undone; nobody shows it from now on. @throws JournalError */
  async deleteSoon(id: ThreadId): Promise<void> {
    const by = this.showing(id);
    this.deleted = { id, by };
    for (const each of by) each.clear();
    await (await this.manager()).deleteSoon(id);
  }

  /**
   * Keeps a thread that was deleted a moment ago; who showed it and shows none by now shows it again. False where it is
   * gone. @throws JournalError
   */
  async undoDelete(id: ThreadId): Promise<boolean> {
    if (!(await this.manager()).undoDelete(id)) return false;
    const by = this.deleted?.id === id ? this.deleted.by : [];
    const open = [this, ...this.others()];
    const back = by.filter((each) => open.includes(each) && !each.thread);
    await Promise.all(back.map((each) => each.open(id)));
    return true;
  }

  /** What can be done with threads whether they are shown or not. */
  async all(): Promise<AnyThreads> {
    return this.manager();
  }

  async list(cwd?: string): Promise<readonly ThreadSummary[]> {
    return (await this.manager()).list(cwd);
  }

  dispose(): void {
    this.subscription?.dispose();
    this.store.dispose();
  }

  /** This and the others, where they show the thread. */
  private showing(id: ThreadId): readonly ShownThread[] {
    return [this, ...this.others()].filter(({ thread }) => thread?.id === id);
  }

  private show(thread: Thread | undefined): void {
    // Whoever asked for a thread before the remembered one was back does not want that one any more.
    this.chosen = true;
    void this.memory.update(memoryKey, thread?.id);
    if (thread === this.thread) return;
    this.subscription?.dispose();
    const before = this.thread;
    this.thread = thread;
    this.subscription = thread && this.follow(thread);
    this.changed.fire();
    if (before && before.id !== thread?.id) void this.leave(before.id);
    // One that was read anew has taken the place of what the others show.
    for (const other of this.others())
      if (thread && other.thread?.id === thread.id) other.show(thread);
  }

  private follow(thread: Thread): Disposable {
    const subscriptions = new DisposableStore();
    subscriptions.add(thread.onEvent((event) => this.events.fire(event)));
    subscriptions.add(thread.onLost(() => this.changed.fire()));
    return subscriptions;
  }

  private async leave(id: ThreadId): Promise<void> {
    const manager = await this.manager();
    if (this.showing(id).length === 0) manager.leave(id);
  }

  private async openRemembered(): Promise<void> {
    const id = this.memory.get<string>(memoryKey);
    if (id === undefined) return;
    const problem = await this.tryRemembered(id, 'owned');
    if (problem !== undefined) void this.tryAgain(id);
  }

  /** After a reload the window that was may hold the thread for a moment longer. Nobody waits for this. */
  private async tryAgain(id: ThreadId): Promise<void> {
    let problem: string | undefined;
    for (const [index, waitMs] of this.retryDelaysMs.entries()) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      const last = index === this.retryDelaysMs.length - 1;
      problem = await this.tryRemembered(id, last ? 'readOnly' : 'owned');
      if (problem === undefined) return;
    }
    this.report(l10n.t('The last thread could not be opened. {0}', problem ?? ''));
  }

  /**
   * Why the thread cannot be opened as wished for; undefined where it is shown, or no longer wanted. The owner may be
   * the window that was: only at last it counts as another one.
   */
  private async tryRemembered(
    id: ThreadId,
    wish: 'owned' | 'readOnly',
  ): Promise<string | undefined> {
    try {
      const manager = await this.manager();
      if (this.chosen) return undefined;
      const thread = manager.open(id);
      if (thread.readOnly && wish === 'owned') return l10n.t('Another window has it.');
      this.show(thread);
      return undefined;
    } catch (error) {
      return toldMessage(error);
    }
  }
}
