import { dismissFinding, fixFinding, startReview } from './codeReview';
import type { Host } from './host';
import type { ViewHandlers } from './viewBridge';

/** What the view asks of reviews. */
export function createReviewHandlers(host: Host) {
  return {
    'review/start': (wish) => startReview(host, wish),
    'finding/fix': async ({ findingId }) => {
      await fixFinding(host, findingId);
      return null;
    },
    'finding/dismiss': async ({ findingId }) => {
      await dismissFinding(host, findingId);
      return null;
    },
  } satisfies Partial<ViewHandlers>;
}
