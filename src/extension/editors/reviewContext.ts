import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { ContextKeys } from './contextKeys';
import type { Review } from './review';

/**
 * Tells menus and keys what is under review. `tandem.pendingPaths` names every changed file, so that the buttons of
 * each editor go by that editor's own file, however the window is split; the others are about the active editor.
 */
export class ReviewContext implements Disposable {
  private readonly store = new DisposableStore();
  private readonly keys = new ContextKeys();
  private paths = '';

  constructor(private readonly review: Review) {
    this.store.add(review.onDidChange(() => this.update()));
    this.store.add(vscode.window.onDidChangeActiveTextEditor(() => this.update()));
    this.store.add(vscode.window.onDidChangeActiveNotebookEditor(() => this.update()));
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const { files } = this.review;
    const active =
      vscode.window.activeNotebookEditor?.notebook.uri ??
      vscode.window.activeTextEditor?.document.uri;
    const file = active && this.review.fileOf(active);
    this.keys.set('tandem.hasPendingChanges', files.length > 0);
    this.keys.set('tandem.hasPendingFile', file !== undefined);
    this.keys.set('tandem.hasPendingHunk', (file?.hunks.length ?? 0) > 0);
    const paths = files.map(({ path }) => path).join('\0');
    if (paths === this.paths) return;
    this.paths = paths;
    const pending: Record<string, true> = {};
    for (const { path } of files) {
      const uri = this.review.uriOf(path);
      // A window on Windows writes the paths of a remote Linux with backslashes.
      for (const name of [uri.fsPath, uri.path.replaceAll('/', '\\')]) pending[name] = true;
    }
    this.keys.set('tandem.pendingPaths', pending);
  }
}
