import { fixedTokens } from '../agent/buildModelInput';
import { estimateUse } from '../agent/contextUse';
import { profileFor } from '../models';
import type { ContextUse } from '../protocol/contextUse';
import type { TurnContext } from '../protocol/turnContext';
import { toolsNamed } from '../tools';
import type { ThreadParts } from './threadParts';

/** What fills the context of the next turn with these settings. */
export function contextUse(
  { events }: Pick<ThreadParts, 'events'>,
  { model, wireApi }: Pick<TurnContext, 'model' | 'wireApi'>,
): ContextUse {
  const { profile } = profileFor(model, wireApi);
  const fixed = fixedTokens({ profile, tools: toolsNamed(profile.tools) });
  const { tokens, lastUsage } = events.contextSize;
  return {
    tokens,
    parts: estimateUse(events.history, fixed),
    ...(lastUsage && { lastUsage }),
  };
}
