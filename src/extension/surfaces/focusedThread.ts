import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import type { ThreadEvent } from '../../protocol/events';
import type { ThreadId, TurnId } from '../../protocol/ids';
import type { Shown, ShownThread } from '../shownThread';

/**
 * The thread of the surface that the person was in last. It drives what the editors, the status bar and the commands
 * show and do; other surfaces go on showing theirs.
 */
export class FocusedThread implements Shown, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private readonly events = this.store.add(new Emitter<ThreadEvent>());
  private following: Disposable;

  readonly onDidChange = this.changed.event;
  readonly onEvent = this.events.event;

  constructor(private shown: ShownThread) {
    this.following = this.follow();
  }

  /** The person is in the surface that shows this now. */
  focus(shown: ShownThread): void {
    if (shown === this.shown) return;
    const before = this.shown.current;
    this.following.dispose();
    this.shown = shown;
    this.following = this.follow();
    if (shown.current !== before) this.changed.fire();
  }

  get current() {
    return this.shown.current;
  }

  get state() {
    return this.shown.state;
  }

  get readOnly() {
    return this.shown.readOnly;
  }

  restore() {
    return this.shown.restore();
  }

  clear() {
    this.shown.clear();
  }

  start(cwd: string) {
    return this.shown.start(cwd);
  }

  open(id: ThreadId) {
    return this.shown.open(id);
  }

  refresh() {
    return this.shown.refresh();
  }

  takeOver() {
    return this.shown.takeOver();
  }

  fork(id: ThreadId, turnId?: TurnId) {
    return this.shown.fork(id, turnId);
  }

  delete(id: ThreadId) {
    return this.shown.delete(id);
  }

  deleteSoon(id: ThreadId) {
    return this.shown.deleteSoon(id);
  }

  undoDelete(id: ThreadId) {
    return this.shown.undoDelete(id);
  }

  all() {
    return this.shown.all();
  }

  list(cwd?: string) {
    return this.shown.list(cwd);
  }

  dispose(): void {
    this.following.dispose();
    this.store.dispose();
  }

  private follow(): Disposable {
    const store = new DisposableStore();
    store.add(this.shown.onDidChange(() => this.changed.fire()));
    store.add(this.shown.onEvent((event) => this.events.fire(event)));
    return store;
  }
}
