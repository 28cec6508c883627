import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { reviewedDocuments } from './baselineUri';
import type { HunkReference } from './hunkLenses';
import { hunkAtLine } from './hunks';
import type { Review } from './review';

const kind = vscode.CodeActionKind.QuickFix.append('tandem');

/** The lightbulb's way to settle the hunk under the cursor, which keyboards and screen readers reach like any other. */
export class HunkActions implements vscode.CodeActionProvider, Disposable {
  private readonly store = new DisposableStore();

  constructor(private readonly review: Review) {
    this.store.add(
      vscode.languages.registerCodeActionsProvider(reviewedDocuments, this, {
        providedCodeActionKinds: [kind],
      }),
    );
  }

  provideCodeActions(
    document: vscode.TextDocument,
    { start, end }: vscode.Range,
    { only }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (only && !only.contains(kind)) return [];
    const file = this.review.fileOf(document.uri);
    const hunk = file && (hunkAtLine(file, start.line) ?? hunkAtLine(file, end.line));
    if (!file || !hunk) return [];
    const reference: HunkReference = { path: file.path, hunkId: hunk.id };
    const uri = this.review.uriOf(file.path);
    const accept = [
      action(vscode.l10n.t('Accept change'), 'tandem.acceptHunk', reference),
      action(vscode.l10n.t('Accept all changes in file'), 'tandem.acceptFile', uri),
    ];
    if (file.viewOnly) return accept;
    const reject = [
      action(vscode.l10n.t('Reject change'), 'tandem.rejectHunk', reference),
      action(vscode.l10n.t('Reject all changes in file'), 'tandem.rejectFile', uri),
    ];
    const withReason = action(
      vscode.l10n.t('Reject change with a reason…'),
      'tandem.rejectHunkWithReason',
      reference,
    );
    return [accept[0], reject[0], withReason, accept[1], reject[1]].flatMap((each) => each ?? []);
  }

  dispose(): void {
    this.store.dispose();
  }
}

function action(title: string, command: string, argument: unknown): vscode.CodeAction {
  const made = new vscode.CodeAction(title, kind);
  made.command = { title, command, arguments: [argument] };
  return made;
}
