import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';

const fixKind = vscode.CodeActionKind.QuickFix.append('tandem.fix');
const explainKind = vscode.CodeActionKind.QuickFix.append('tandem.explain');

/** Offers the agent in the lightbulb of a problem, below the fixes that know the language. */
export class ProblemActions implements vscode.CodeActionProvider, Disposable {
  private readonly store = new DisposableStore();

  constructor() {
    this.store.add(
      vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, this, {
        providedCodeActionKinds: [fixKind, explainKind],
      }),
    );
  }

  provideCodeActions(
    { uri }: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics, only }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (diagnostics.length === 0 || !vscode.workspace.getWorkspaceFolder(uri)) return [];
    const offer = (title: string, kind: vscode.CodeActionKind, command: string) => {
      if (only && !only.contains(kind)) return [];
      const action = new vscode.CodeAction(title, kind);
      action.diagnostics = [...diagnostics];
      action.command = { title, command, arguments: [uri, range] };
      return [action];
    };
    return [
      ...offer(vscode.l10n.t('Fix with Tandem'), fixKind, 'tandem.fixWithTandem'),
      ...offer(vscode.l10n.t('Explain with Tandem'), explainKind, 'tandem.explainWithTandem'),
    ];
  }

  dispose(): void {
    this.store.dispose();
  }
}
