import type { ModelChoice } from '../protocol/viewProtocol';
import type { Settings } from './settings';

/** The models a person can choose, the one in use among them; what is known of models loads with the agent. */
export async function offeredModels(
  settings: Pick<Settings, 'get'>,
): Promise<readonly ModelChoice[]> {
  const { modelChoices } = await import('./heavyParts');
  return modelChoices(settings.get('model'), settings.get('wireApi'));
}
