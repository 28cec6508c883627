import type { ModelProfile } from '../protocol/modelProfile';
import type { WireApi } from '../protocol/turnContext';
import type { ModelChoice } from '../protocol/viewProtocol';
import { codexProfile } from './codex';
import { defaultModel } from './defaultModel';
import { genericProfile } from './generic';
import { mainlineProfile } from './mainline';
import { pricesOf } from './prices';

/** Ids offered in the view; any other id can be typed in the settings. */
const offeredModels = [defaultModel, 'gpt-6-sol', 'gpt-6-luna'];

/**
 * The profile of a model id. Ids no rule knows get `generic`; `known` is false then, so that a notice can say so.
 * Chat Completions have neither freeform tools nor replayed reasoning, so every model is a general one there.
 */
export function profileFor(
  model: string,
  wireApi: WireApi = 'responses',
): { profile: ModelProfile; known: boolean } {
  if (wireApi === 'chat') return { profile: genericProfile, known: true };
  const { profile, known } = familyOf(model);
  const prices = pricesOf(model);
  return { profile: prices ? { ...profile, prices } : profile, known };
}

function familyOf(model: string): { profile: ModelProfile; known: boolean } {
  if (/codex/i.test(model)) return { profile: codexProfile, known: true };
  const generation = /^gpt-(\d+)/i.exec(model)?.[1];
  if (generation !== undefined && Number(generation) >= 5) {
    return { profile: mainlineProfile, known: true };
  }
  return { profile: genericProfile, known: false };
}

/** A model as the view offers it. */
export function modelChoice(id: string, wireApi?: WireApi): ModelChoice {
  const { profile } = profileFor(id, wireApi);
  return { id, label: id, efforts: profile.efforts, contextWindow: profile.contextWindow };
}

/** Models a person can choose in the view; a model of their own settings joins them. */
export function modelChoices(
  current: string = defaultModel,
  wireApi?: WireApi,
): readonly ModelChoice[] {
  const ids = offeredModels.includes(current) ? offeredModels : [current, ...offeredModels];
  return ids.map((id) => modelChoice(id, wireApi));
}
