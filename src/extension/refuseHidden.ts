import * as vscode from 'vscode';
import { resolvePath } from '../base/paths';
import { RequestError } from './requestError';

/**
 * What is hidden from the agent is not attached by mistake either.
 * @param folder absolute folder of the thread; `path` counts from it. @throws RequestError
 */
export async function refuseHidden(folder: string, path: string): Promise<void> {
  const { createHiddenFiles } = await import('./heavyParts');
  if (!createHiddenFiles({ root: folder }).isHidden(resolvePath(folder, path))) return;
  throw new RequestError(
    'invalid',
    vscode.l10n.t(
      '{0} is hidden from the agent: it may hold secrets, or a .tandemignore names it.',
      path,
    ),
  );
}
