import * as vscode from 'vscode';
import { defer, type Deferred } from '../../base/deferred';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { runningTurn } from '../../protocol/threadState';
import type { Shown } from '../shownThread';
import { threadViewId } from '../views/threadView';

/** The bar of progress over the view, while a turn of the thread that it shows runs. */
export class ViewProgress implements Disposable {
  private readonly store = new DisposableStore();
  private running: Deferred<void> | undefined;

  constructor(private readonly shown: Shown) {
    this.store.add(shown.onDidChange(() => this.update()));
    this.store.add(
      shown.onEvent(({ type }) => {
        if (type.startsWith('turn.')) this.update();
      }),
    );
    this.update();
  }

  dispose(): void {
    this.running?.resolve();
    this.store.dispose();
  }

  private update(): void {
    const { state } = this.shown;
    const runs = state !== null && runningTurn(state) !== undefined;
    if (runs === (this.running !== undefined)) return;
    this.running?.resolve();
    this.running = runs ? this.begin() : undefined;
  }

  private begin(): Deferred<void> {
    const running = defer<void>();
    const location = { viewId: threadViewId };
    void vscode.window.withProgress({ location }, () => running.promise);
    return running;
  }
}
