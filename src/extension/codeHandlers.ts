import * as vscode from 'vscode';
import { RequestError } from './requestError';
import type { ViewHandlers } from './viewBridge';

/** VS Code's names of languages, where code blocks have others. */
const languageIds: Readonly<Record<string, string>> = { bash: 'shellscript' };

/** What the person takes over of code that the agent wrote in its words. */
export function createCodeHandlers() {
  return {
    'code/insert': async ({ text }) => {
      await insertAtCursor(text);
      return null;
    },
    'code/open': async ({ text, language }) => {
      const id = language && (languageIds[language] ?? language);
      const known = id !== undefined && (await vscode.languages.getLanguages()).includes(id);
      const document = await vscode.workspace.openTextDocument({
        content: text,
        ...(known ? { language: id } : {}),
      });
      await vscode.window.showTextDocument(document, { preview: false });
      return null;
    },
  } satisfies Partial<ViewHandlers>;
}

/** Replaces what is selected, as typing would; one step of undo takes it back. @throws RequestError */
async function insertAtCursor(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    throw new RequestError(
      'notFound',
      vscode.l10n.t('No editor is open: put the cursor where the code is to go.'),
    );
  }
  const shown = await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  const inserted = await shown.edit((edit) => {
    for (const selection of shown.selections) edit.replace(selection, text);
  });
  if (!inserted) {
    throw new RequestError('failed', vscode.l10n.t('This editor cannot be written to.'));
  }
}
