import { modelChoices } from '../models';
import type { ModelChoice } from '../protocol/viewProtocol';
import type { Settings } from './settings';

/**
 * The models a person can choose, the one in use among them.
 * @param served ids that the server named, as far as it was asked.
 */
export async function offeredModels(
  settings: Pick<Settings, 'get'>,
  served: readonly string[],
): Promise<readonly ModelChoice[]> {
  return modelChoices(settings.get('model'), settings.get('wireApi'), served);
}
