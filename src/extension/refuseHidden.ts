import * as vscode from 'vscode';
import { createHiddenFiles } from '../adapters/disk/hiddenFiles';
import { resolvePath } from '../base/paths';
import { RequestError } from './requestError';
import type { Settings } from './settings';

/**
 * What is hidden from the agent is not attached by mistake either.
 * @param folder absolute folder of the thread; `path` counts from it. @throws RequestError
 */
export function refuseHidden(settings: Pick<Settings, 'get'>, folder: string, path: string): void {
  const personal = () => settings.get('hiddenFiles');
  if (!createHiddenFiles({ root: folder, personal }).isHidden(resolvePath(folder, path))) return;
  throw new RequestError(
    'invalid',
    vscode.l10n.t(
      '{0} is hidden from the agent: it may hold secrets, or a .tandemignore names it.',
      path,
    ),
  );
}
