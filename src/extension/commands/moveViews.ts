import * as vscode from 'vscode';
import { threadViewId } from '../views/threadView';

/** Moves our views into another container of the manifest; VS Code remembers it, as if they had been dragged there. */
export async function moveViews(container: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.moveViews', {
    viewIds: [threadViewId, 'tandem.hunks'],
    destinationId: `workbench.view.extension.${container}`,
  });
}
