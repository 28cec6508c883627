import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ChangedFile, Hunk } from '../../protocol/changes';
import type { Review } from './review';

/** Beyond this many hunks in a file the inline marks yield to the diff: editors slow down, and nobody reads them. */
export const inlineHunkLimit = 500;

/** What the commands of a lens are given. */
export interface HunkReference {
  readonly path: string;
  readonly hunkId: string;
}

/** Accept, Reject and Compare over each pending hunk. */
export class HunkLenses implements vscode.CodeLensProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly review: Review) {
    this.store.add(vscode.languages.registerCodeLensProvider({ scheme: 'file' }, this));
    this.store.add(review.onDidChange(() => this.changed.fire()));
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const file = this.review.fileOf(document.uri);
    if (!file) return [];
    if (file.hunks.length > inlineHunkLimit) return fileLenses(file, document.uri);
    return file.hunks.flatMap((hunk) => hunkLenses(file, hunk, document));
  }

  dispose(): void {
    this.store.dispose();
  }
}

function hunkLenses(file: ChangedFile, hunk: Hunk, document: vscode.TextDocument) {
  const line = Math.min(hunk.liveStart, document.lineCount - 1);
  const reference: HunkReference = { path: file.path, hunkId: hunk.id };
  return [
    lens(line, vscode.l10n.t('Accept'), 'tandem.acceptHunk', reference),
    lens(line, vscode.l10n.t('Reject'), 'tandem.rejectHunk', reference),
    lens(line, vscode.l10n.t('Compare'), 'tandem.compareHunk', reference),
    lens(line, lineCount(hunk), ''),
  ];
}

/** How many lines a hunk took away, or brought where it took none. */
function lineCount({ baseCount, liveCount }: Hunk): string {
  if (baseCount === 1) return vscode.l10n.t('1 line removed');
  if (baseCount > 1) return vscode.l10n.t('{0} lines removed', baseCount);
  return liveCount === 1
    ? vscode.l10n.t('1 line added')
    : vscode.l10n.t('{0} lines added', liveCount);
}

function fileLenses(file: ChangedFile, uri: vscode.Uri) {
  return [
    lens(0, vscode.l10n.t('Accept file'), 'tandem.acceptFile', uri),
    lens(0, vscode.l10n.t('Reject file'), 'tandem.rejectFile', uri),
    lens(0, vscode.l10n.t('Compare'), 'tandem.compareHunk', { path: file.path }),
    lens(0, vscode.l10n.t('{0} hunks', file.hunks.length), ''),
  ];
}

function lens(line: number, title: string, command: string, ...args: unknown[]): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
    title,
    command,
    arguments: args,
  });
}
