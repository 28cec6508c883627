import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ChangedFile } from '../../protocol/changes';
import { baselineUri } from './baselineDocuments';
import type { Review } from './review';

/** The context value and id that the manifest's menus look for. */
export const sourceControlId = 'tandem';

/**
 * Pending changes as a source control of their own: gutter bars, the peek with the removed lines and its accept and
 * reject icons, and the list of files. It exists only while there is something to review.
 */
export class ChangesSourceControl implements Disposable, vscode.QuickDiffProvider {
  private readonly store = new DisposableStore();
  private control: vscode.SourceControl | undefined;
  private group: vscode.SourceControlResourceGroup | undefined;
  private paths = '';

  constructor(private readonly review: Review) {
    this.store.add(review.onDidChange(() => this.update()));
    this.update();
  }

  provideOriginalResource(uri: vscode.Uri): vscode.Uri | undefined {
    const file = this.review.fileOf(uri);
    return file && !file.binary ? baselineUri(uri) : undefined;
  }

  dispose(): void {
    this.store.dispose();
    this.control?.dispose();
  }

  private update(): void {
    const { files } = this.review;
    if (files.length === 0) {
      this.control?.dispose();
      this.control = this.group = undefined;
      this.paths = '';
      return;
    }
    const { control, group } = this.open();
    control.count = files.length;
    group.resourceStates = files.map((file) => this.resource(file));
    // VS Code asks for a file's original once and keeps the answer, so a changed list needs a new provider.
    const paths = files.map(({ path }) => path).join('\0');
    if (paths === this.paths) return;
    this.paths = paths;
    (control as { quickDiffProvider?: vscode.QuickDiffProvider | undefined }).quickDiffProvider =
      undefined;
    control.quickDiffProvider = this;
  }

  private open() {
    if (this.control && this.group) return { control: this.control, group: this.group };
    const folder = this.review.folder;
    const root = folder === undefined ? undefined : vscode.Uri.file(folder);
    this.control = vscode.scm.createSourceControl(sourceControlId, 'Tandem', root);
    this.control.inputBox.visible = false;
    this.group = this.control.createResourceGroup('pending', vscode.l10n.t('To Review'));
    this.group.hideWhenEmpty = true;
    return { control: this.control, group: this.group };
  }

  private resource(file: ChangedFile): vscode.SourceControlResourceState {
    const resourceUri = this.review.uriOf(file.path);
    const tooltips = {
      add: vscode.l10n.t('New file'),
      delete: vscode.l10n.t('Deleted'),
      update: vscode.l10n.t('Changed'),
    };
    return {
      resourceUri,
      contextValue: file.kind,
      decorations: { tooltip: tooltips[file.kind], strikeThrough: file.kind === 'delete' },
      command: {
        title: vscode.l10n.t('Compare'),
        command: 'tandem.compareHunk',
        arguments: [{ path: file.path }],
      },
    };
  }
}
