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

/**
 * Models a person can choose in the view: those we know, but for what the server does not have where it said what it
 * has; then whatever else it has. A model of the person's own settings joins them.
 * @param served ids that the server named; empty where it named none.
 */
export function modelChoices(
  current: string = defaultModel,
  wireApi?: WireApi,
  served: readonly string[] = [],
): readonly ModelChoice[] {
  const known = offeredModels.filter((id) => served.length === 0 || served.includes(id));
  const others = served.filter((id) => canConverse(id) && !known.includes(id)).sort();
  const ids = new Set([...(known.includes(current) ? [] : [current]), ...known, ...others]);
  return [...ids].map((id) => modelChoice(id, wireApi));
}

/** False for models whose names say that they do something else than answer in words. */
function canConverse(id: string): boolean {
  return !/embed|whisper|\btts\b|dall-e|image|moderation|transcri|realtime|audio|sora|rerank/i.test(
    id,
  );
}
