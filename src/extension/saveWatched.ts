import * as vscode from 'vscode';

/**
 * Saves a document and tells whether the person typed into it meanwhile, or only what runs on save changed it. VS Code
 * does not say who makes a change; but what is typed leaves the cursor at its end, as a formatter does not.
 */
export async function saveWatched(
  document: vscode.TextDocument,
): Promise<{ readonly saved: boolean; readonly typed: boolean }> {
  let end: vscode.Position | undefined;
  let typed = false;
  const changes = vscode.workspace.onDidChangeTextDocument((event) => {
    const [change, ...others] = event.contentChanges;
    if (event.document !== document || !change || others.length > 0) return;
    end = document.positionAt(change.rangeOffset + change.text.length);
  });
  const cursors = vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
    if (textEditor.document !== document) return;
    typed ||= selections.some(({ active }) => end !== undefined && active.isEqual(end));
  });
  try {
    return { saved: await document.save(), typed };
  } finally {
    changes.dispose();
    cursors.dispose();
  }
}
