import type { Personality } from '../protocol/turnContext';

const voices: Readonly<Record<string, string>> = {
  pragmatic:
    'Talk like a pragmatic colleague: direct, concrete, no praise, no filler. Say what matters and stop.',
  friendly:
    'Talk like a friendly colleague: warm and encouraging, yet brief. Explain a little more than you must.',
};

/** The instructions of a personality; undefined for `none`. Unknown names are the person's own words. */
export function personalityText(personality: Personality): string | undefined {
  const own = personality.trim();
  if (own === '' || own === 'none') return undefined;
  return voices[own] ?? own;
}
