import { extname } from 'node:path';
import * as vscode from 'vscode';
import type { Attachment } from '../protocol/input';
import { baseName } from '../base/paths';
import { refuseHidden } from './refuseHidden';
import { RequestError } from './requestError';
import type { Settings } from './settings';
import { activeFolder, pathInFolder } from './workspaceFolder';

const imageTypes: Readonly<Record<string, string>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.gif': 'gif',
  '.webp': 'webp',
};
const largestImage = 10 * 1024 * 1024;

/** Lets the person pick files: images are attached whole, other files by their path. */
export async function pickAttachments(
  threadFolder: string | undefined,
  settings: Pick<Settings, 'get'>,
): Promise<readonly Attachment[]> {
  const folder = threadFolder ?? activeFolder()?.uri.fsPath;
  if (folder === undefined) {
    throw new RequestError('invalid', vscode.l10n.t('Open a folder first.'));
  }
  const uris = await vscode.window.showOpenDialog({
    canSelectMany: true,
    defaultUri: vscode.Uri.file(folder),
    openLabel: vscode.l10n.t('Attach'),
  });
  return Promise.all((uris ?? []).map((uri) => attachFile(settings, folder, uri)));
}

/**
 * A file as an attachment: an image whole, any other by its path.
 * @throws RequestError where it is hidden from the agent, too large, or outside of the folder (absolute).
 */
export async function attachFile(
  settings: Pick<Settings, 'get'>,
  folder: string,
  uri: vscode.Uri,
): Promise<Attachment> {
  refuseHidden(settings, folder, uri.fsPath);
  const type = imageTypes[extname(uri.path).toLowerCase()];
  if (!type) return { kind: 'file', path: pathInFolder(folder, uri) };
  const { size, type: kind } = await vscode.workspace.fs.stat(uri);
  if ((kind & vscode.FileType.File) === 0) {
    throw new RequestError('invalid', vscode.l10n.t('Only files can be attached.'));
  }
  if (size > largestImage) {
    throw new RequestError('invalid', vscode.l10n.t('An image may have at most 10 MB.'));
  }
  const bytes = await vscode.workspace.fs.readFile(uri);
  const dataUrl = `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;
  return { kind: 'image', name: baseName(uri.path), dataUrl };
}
