import { realpathSync } from 'node:fs';
import * as vscode from 'vscode';
import { RequestError } from './requestError';

/**
 * The one place that decides whether the agent, or git on the person's behalf, may work in a folder (absolute): where VS
 * Code trusts the workspace, and the folder is one of it. A thread of another folder does not borrow this one's trust.
 * @throws RequestError with what helps
 */
export function requireTrust(folder: string): void {
  if (!vscode.workspace.isTrusted) {
    throw new RequestError(
      'failed',
      vscode.l10n.t('Tandem runs commands and edits files, so it needs a workspace you trust.'),
      { title: vscode.l10n.t('Manage Trust'), request: 'workspace/trust' },
    );
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  const real = realPath(folder);
  if (!folders.some(({ uri }) => uri.scheme === 'file' && realPath(uri.fsPath) === real)) {
    throw new RequestError(
      'failed',
      vscode.l10n.t('This thread works in {0}, which is not open in this window.', folder),
      { title: vscode.l10n.t('Open Folder'), request: 'workspace/open' },
    );
  }
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
