import { modelChoices } from '../models';
import type { ModelChoice } from '../protocol/viewProtocol';
import type { Settings } from './settings';

/** The models a person can choose, the one in use among them. */
export async function offeredModels(
  settings: Pick<Settings, 'get'>,
): Promise<readonly ModelChoice[]> {
  return modelChoices(settings.get('model'), settings.get('wireApi'));
}
