import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ContentId } from '../../protocol/ids';
import { baselineScheme } from './baselineUri';
import type { Review } from './review';

interface ServedBaseline {
  readonly uri: vscode.Uri;
  /** Undefined where the file itself was served, as it had no changes. */
  readonly id: ContentId | null | undefined;
}

/** Serves baselines as documents, for diffs and the gutter, and refreshes those that are open. */
export class BaselineDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<vscode.Uri>());
  private readonly served = new Map<string, ServedBaseline>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly review: Review,
    /** Brings the change set back after the window was loaded again. */
    private readonly restore: () => Promise<void>,
  ) {
    this.store.add(vscode.workspace.registerTextDocumentContentProvider(baselineScheme, this));
    this.store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.served.delete(uri.toString())),
    );
    this.store.add(review.onDidChange(({ uris }) => this.refresh(uris)));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    await this.restore();
    const file = uri.with({ scheme: 'file' });
    this.served.set(uri.toString(), { uri, id: this.baselineId(file) });
    const baseline = await this.review.baseline(file);
    if (baseline === null) return '';
    // A file without pending changes is what was accepted, so a diff that is still open shows no difference.
    const bytes = baseline ?? (await readOrEmpty(file));
    return vscode.workspace.decode(bytes, { uri: file });
  }

  dispose(): void {
    this.store.dispose();
  }

  /** What is typed outside of hunks moves the baseline too, and what is typed into one leaves it alone. */
  private refresh(uris: ReadonlySet<string>): void {
    for (const { uri, id } of this.served.values()) {
      const file = uri.with({ scheme: 'file' });
      if (uris.has(file.toString()) && id !== this.baselineId(file)) this.changed.fire(uri);
    }
  }

  private baselineId(file: vscode.Uri): ContentId | null | undefined {
    return this.review.fileOf(file)?.baseline;
  }
}

async function readOrEmpty(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return new Uint8Array();
  }
}
