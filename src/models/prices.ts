import type { Prices } from '../protocol/usage';

/**
 * List prices of the models we offer, in US dollars per million tokens. Estimates for people: the server's bill may
 * differ (service tiers, discounts, prices that changed since). Ids that are not here have no cost.
 */
const listPrices: Readonly<Record<string, Prices>> = {
  'gpt-5.5': { input: 5, cachedInput: 0.5, output: 30 },
  'gpt-6-sol': { input: 2, cachedInput: 0.2, output: 10 },
  'gpt-6-luna': { input: 0.1, cachedInput: 0.01, output: 0.5 },
};

/** The prices of a model id, also of a dated version of it such as `gpt-6-sol-2026-09-22`. */
export function pricesOf(model: string): Prices | undefined {
  const family = model.toLowerCase().replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return Object.hasOwn(listPrices, family) ? listPrices[family] : undefined;
}
