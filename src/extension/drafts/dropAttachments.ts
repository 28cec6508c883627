import * as vscode from 'vscode';
import type { Attachment } from '../../protocol/input';
import type { Host } from '../host';
import type { Mentions } from '../mentions/mentions';
import { attachFile } from '../pickAttachments';
import { RequestError } from '../requestError';
import { activeFolder, pathInFolder } from '../workspaceFolder';

/**
 * Makes attachments of what was dropped from VS Code: images whole, files by their path, folders by their listing.
 * @throws RequestError for anything outside of the thread's folder, or hidden from the agent.
 */
export async function dropAttachments(
  { shown, settings, mentions }: Pick<Host, 'shown' | 'settings'> & { readonly mentions: Mentions },
  uris: readonly string[],
): Promise<readonly Attachment[]> {
  const folder = shown.current?.cwd ?? activeFolder()?.uri.fsPath;
  if (folder === undefined) {
    throw new RequestError('invalid', vscode.l10n.t('Open a folder first.'));
  }
  return Promise.all(
    uris.map(async (text) => {
      const uri = vscode.Uri.parse(text, true);
      const path = pathInFolder(folder, uri);
      const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
      if (!stat) {
        throw new RequestError('notFound', vscode.l10n.t('{0} is not there any more.', path));
      }
      return stat.type & vscode.FileType.Directory
        ? mentions.attach(shown, { kind: 'folder', path })
        : attachFile(settings, folder, uri);
    }),
  );
}
