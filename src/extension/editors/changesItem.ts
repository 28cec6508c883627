import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { countChanges, countOfChanges } from './describeChange';
import type { Review } from './review';

/** Says in the status bar how many changes wait, while there are some; a click opens them all. */
export class ChangesItem implements Disposable {
  private readonly store = new DisposableStore();
  private readonly item: vscode.StatusBarItem;
  private shown = '';

  constructor(private readonly review: Review) {
    this.item = this.store.add(
      vscode.window.createStatusBarItem('tandem.changes', vscode.StatusBarAlignment.Left),
    );
    this.item.name = vscode.l10n.t('Tandem: Changes to Review');
    this.item.command = 'tandem.openChanges';
    this.store.add(review.onDidChange(() => this.update()));
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const { files } = this.review;
    const changes = countOfChanges(countChanges(files));
    const label =
      files.length === 1
        ? vscode.l10n.t('{0} to review in 1 file', changes)
        : vscode.l10n.t('{0} to review in {1} files', changes, files.length);
    const shown = files.length === 0 ? '' : label;
    if (shown === this.shown) return;
    this.shown = shown;
    if (shown === '') return this.item.hide();
    this.item.text = `$(diff-multiple) ${changes}`;
    this.item.tooltip = vscode.l10n.t('Tandem: {0}', label);
    this.item.accessibilityInformation = { label: this.item.tooltip };
    this.item.show();
  }
}
