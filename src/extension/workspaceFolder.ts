import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { RequestError } from './requestError';

/** The folder a new thread works in: the one of the active editor, else the first; only folders on a disk. */
export function activeFolder(): vscode.WorkspaceFolder | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const folder = document && vscode.workspace.getWorkspaceFolder(document.uri);
  const folders = [...(folder ? [folder] : []), ...(vscode.workspace.workspaceFolders ?? [])];
  return folders.find(({ uri }) => uri.scheme === 'file');
}

/** A file as a thread on `folder` (absolute) names it. @throws RequestError where it lies outside. */
export function pathInFolder(folder: string, uri: vscode.Uri): string {
  const path = relative(folder, uri.fsPath);
  if (uri.scheme !== 'file' || path === '' || path.startsWith('..')) {
    throw new RequestError(
      'invalid',
      vscode.l10n.t('Only files inside the folder of the thread can be attached.'),
    );
  }
  return path.split(sep).join('/');
}
