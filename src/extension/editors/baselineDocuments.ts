import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Review } from './review';

export const baselineScheme = 'tandem-baseline';

/** The read-only document with the last accepted text of a file. */
export function baselineUri(file: vscode.Uri): vscode.Uri {
  return file.with({ scheme: baselineScheme });
}

/** Serves baselines as documents, for diffs and the gutter, and refreshes those that are open. */
export class BaselineDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.changed.event;

  constructor(private readonly review: Review) {
    this.store.add(vscode.workspace.registerTextDocumentContentProvider(baselineScheme, this));
    this.store.add(review.onDidChange(() => this.refresh()));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const file = uri.with({ scheme: 'file' });
    const baseline = await this.review.baseline(file);
    if (baseline === null) return '';
    // A file without pending changes is what was accepted, so a diff that is still open shows no difference.
    const bytes = baseline ?? (await readOrEmpty(file));
    return vscode.workspace.decode(bytes, { uri: file });
  }

  dispose(): void {
    this.store.dispose();
  }

  private refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === baselineScheme) this.changed.fire(uri);
    }
  }
}

async function readOrEmpty(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return new Uint8Array();
  }
}
