import type { UserInput } from '../../protocol/input';
import type { DraftParts } from './draftsOfSurfaces';
import type { Host } from '../host';
import { refuseHidden } from '../refuseHidden';
import { activeFolder } from '../workspaceFolder';

/**
 * What is sent of a draft: selections as their lines are now.
 * @throws RequestError for a dropped file whose name says that it holds secrets.
 */
export async function settleDraft(
  { shown, settings }: Pick<Host, 'shown' | 'settings'>,
  { followed }: Pick<DraftParts, 'followed'>,
  input: UserInput,
): Promise<UserInput> {
  const folder = shown.current?.cwd ?? activeFolder()?.uri.fsPath;
  for (const attachment of input.attachments) {
    if (attachment.kind !== 'text' || attachment.source !== 'drop') continue;
    if (folder !== undefined) refuseHidden(settings, folder, attachment.name);
  }
  return followed.settle(input);
}
