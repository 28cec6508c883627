import * as vscode from 'vscode';

/** The clipboard and what copies the selection of the active terminal to it. */
export interface SelectionSource {
  readonly clipboard: vscode.Clipboard;
  copy(): Thenable<unknown>;
}

const active: SelectionSource = {
  clipboard: vscode.env.clipboard,
  copy: () => vscode.commands.executeCommand('workbench.action.terminal.copySelection'),
};

/**
 * What is selected in the active terminal; empty where nothing is. VS Code hands it out through the clipboard only, so
 * the text there is put back.
 */
export async function readTerminalSelection(source = active): Promise<string> {
  const { clipboard } = source;
  const before = await clipboard.readText();
  try {
    // What is there was copied before, and is nobody's selection.
    await clipboard.writeText('');
    await source.copy();
    return await clipboard.readText();
  } finally {
    await clipboard.writeText(before);
  }
}
