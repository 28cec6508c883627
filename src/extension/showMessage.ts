import * as vscode from 'vscode';
import { messageText } from './messageText';

const names = {
  information: 'showInformationMessage',
  warning: 'showWarningMessage',
  error: 'showErrorMessage',
} as const;

/**
 * Tells the person something in a notification; there is no other way to. Parts of the text may be others' words, the
 * buttons are ours. Gives the button that was pressed.
 */
export async function showMessage(
  kind: keyof typeof names,
  text: string,
  ...buttons: readonly string[]
): Promise<string | undefined> {
  return vscode.window[names[kind]](messageText(text), ...buttons);
}
