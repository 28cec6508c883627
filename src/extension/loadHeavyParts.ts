import type * as HeavyParts from './heavyParts';

/** Brings what the extension loads with its first use and not with its activation; for files of other folders. */
export function loadHeavyParts(): Promise<typeof HeavyParts> {
  return import('./heavyParts');
}
