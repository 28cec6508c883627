import { join } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import type { ChangedFile, ChangeTarget, Resolution } from '../../protocol/changes';
import { RequestError } from '../requestError';
import type { ShownThread } from '../shownThread';
import { baselineScheme, baselineUri } from './baselineUri';
import { findRenames } from '../../protocol/renames';

/** What is another one since the last time. */
export interface ReviewChange {
  /** Files whose change is not what it was, that came, or that went; by their URI as a string. */
  readonly uris: ReadonlySet<string>;
}

/** What of the shown thread the review goes by. */
export type ReviewedThread = Pick<ShownThread, 'onDidChange' | 'onEvent' | 'state' | 'current'>;

/** The change set of the shown thread with its files as the editors know them. */
export class Review implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<ReviewChange>());
  private byUri: ReadonlyMap<string, ChangedFile> = new Map();
  /** Kept over the updates: making one URI costs more than all the rest of an update. */
  private uris = new Map<string, { readonly uri: vscode.Uri; readonly key: string }>();
  private urisFolder: string | undefined;
  private renames: ReadonlyMap<string, string> = new Map();
  private replaced: ReadonlySet<string> = new Set();
  /** Fires when the change set is another one, and says for which files. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly shown: ReviewedThread) {
    this.store.add(shown.onDidChange(() => this.update()));
    this.store.add(
      shown.onEvent((event) => {
        if (event.type === 'changes.updated') this.update();
      }),
    );
    this.update();
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
    return this.known(path).uri;
  }

  /** The change that a document shows: that of its file or, as a deleted one has none, that of its baseline. */
  fileOf(uri: vscode.Uri): ChangedFile | undefined {
    if (uri.scheme !== baselineScheme) return this.byUri.get(uri.toString());
    const file = this.byUri.get(uri.with({ scheme: 'file' }).toString());
    return file?.kind === 'delete' ? file : undefined;
  }

  /** The document to look at a change in; see `fileOf`. */
  documentOf(file: ChangedFile): vscode.Uri {
    const uri = this.uriOf(file.path);
    return file.kind === 'delete' ? baselineUri(uri) : uri;
  }

  /** The deleted file whose text a new one holds; undefined where it was not renamed. */
  renamedFrom(path: string): string | undefined {
    return this.renames.get(path);
  }

  /** True for a deleted file that a new one replaces. */
  isRenamed(path: string): boolean {
    return this.replaced.has(path);
  }

  /** The bytes last accepted; null for an absent file, undefined for one that is not changed. */
  async baseline(uri: vscode.Uri): Promise<Uint8Array | null | undefined> {
    const file = this.byUri.get(uri.toString());
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

  /** The tracker hands on what did not change as the same object, so that this costs little for each key. */
  private update(): void {
    const before = this.byUri;
    const now = new Map(this.files.map((file) => [this.known(file.path).key, file]));
    const uris = new Set<string>();
    for (const [uri, file] of now) if (before.get(uri) !== file) uris.add(uri);
    for (const uri of before.keys()) if (!now.has(uri)) uris.add(uri);
    this.byUri = now;
    if (uris.size === 0) return;
    this.renames = findRenames(this.files);
    this.replaced = new Set(this.renames.values());
    this.changed.fire({ uris });
  }

  private known(path: string): { readonly uri: vscode.Uri; readonly key: string } {
    if (this.urisFolder !== this.folder) {
      this.urisFolder = this.folder;
      this.uris = new Map();
    }
    const made = this.uris.get(path);
    if (made) return made;
    const uri = vscode.Uri.file(join(this.folder ?? '', path));
    const known = { uri, key: uri.toString() };
    this.uris.set(path, known);
    return known;
  }
}
