import * as vscode from 'vscode';

/** Context keys for `when` clauses; one is sent only when it changed, as updates come with every event of a turn. */
export class ContextKeys {
  private readonly sent = new Map<string, unknown>();

  set(name: string, value: boolean | Readonly<Record<string, true>>): void {
    if (this.sent.get(name) === value) return;
    this.sent.set(name, value);
    void vscode.commands.executeCommand('setContext', name, value);
  }
}
