import { join } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import type { ChangedFile, ChangeTarget, Resolution } from '../../protocol/changes';
import { RequestError } from '../requestError';
import type { ShownThread } from '../shownThread';

/** The change set of the shown thread with its files as the editors know them. */
export class Review implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private byUri: Map<string, ChangedFile> | undefined;
  /** Fires when the change set is another one. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly shown: ShownThread) {
    this.store.add(shown.onDidChange(() => this.update()));
    this.store.add(
      shown.onEvent((event) => {
        if (event.type === 'changes.updated') this.update();
      }),
    );
  }

  /** Files with pending changes, sorted by path. */
  get files(): readonly ChangedFile[] {
    return this.shown.state?.changes.files ?? [];
  }

  /** Absolute folder of the shown thread. */
  get folder(): string | undefined {
    return this.shown.current?.cwd;
  }

  uriOf(path: string): vscode.Uri {
    return vscode.Uri.file(join(this.folder ?? '', path));
  }

  fileOf(uri: vscode.Uri): ChangedFile | undefined {
    this.byUri ??= new Map(this.files.map((file) => [this.uriOf(file.path).toString(), file]));
    return this.byUri.get(uri.toString());
  }

  /** The bytes last accepted; null for an absent file, undefined for one that is not changed. */
  async baseline(uri: vscode.Uri): Promise<Uint8Array | null | undefined> {
    const file = this.fileOf(uri);
    return file && this.shown.current?.baseline(file.path);
  }

  /** Accepts or rejects. @throws RequestError where nothing is shown, EditConflictError */
  async resolve(resolution: Resolution, target: ChangeTarget): Promise<void> {
    const thread = this.shown.current;
    if (!thread) {
      throw new RequestError('notFound', vscode.l10n.t('There are no changes to review.'));
    }
    await thread.resolveChanges(resolution, target);
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    this.byUri = undefined;
    this.changed.fire();
  }
}
