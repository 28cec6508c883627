import * as vscode from 'vscode';
import { readWebAddress } from '../protocol/webAddress';
import { RequestError } from './requestError';

/**
 * Opens an address of the web outside VS Code, which itself shows where it leads and asks, unless the person trusts
 * the domain. A user name in it, which only ever deceives, is left out.
 * @throws RequestError for anything that is no address of the web.
 */
export async function openLink(url: string): Promise<void> {
  const address = readWebAddress(url);
  if (!address) {
    throw new RequestError('invalid', vscode.l10n.t('Only web addresses can be opened.'));
  }
  await vscode.env.openExternal(vscode.Uri.parse(address.href, true));
}
