import assert from 'node:assert/strict';
import type { TurnState } from '../../../../src/protocol/threadState';
import { threadTotals } from '../../../../webview-ui/src/views/Composer/threadTotals';
import { sampleContext } from '../../../support/sampleContext';

function turn(inputTokens: number, cachedInputTokens: number, cost?: number): TurnState {
  return {
    ...{ id: 't', status: 'completed', context: sampleContext('/w'), startedAt: 0, entries: [] },
    usage: { inputTokens, cachedInputTokens, outputTokens: 100, reasoningOutputTokens: 0 },
    ...(cost === undefined ? {} : { cost }),
  };
}

describe('threadTotals', () => {
  it('sums tokens, cache and cost of all turns', () => {
    assert.equal(
      threadTotals({ turns: [turn(1000, 0, 0.2), turn(3000, 3000, 0.11)] }),
      'The whole thread used 4,200 tokens, 75% cached, about $0.31',
    );
  });

  it('says no cost for the demo model, which has the name of one that costs', () => {
    const totals = threadTotals({ turns: [turn(900, 0, 0.2)] }, 'demo');
    assert.equal(totals, 'The whole thread used 1,000 tokens, 0% cached');
  });

  it('says no cost where no price is known, and nothing of an empty thread', () => {
    assert.equal(
      threadTotals({ turns: [turn(900, 0)] }),
      'The whole thread used 1,000 tokens, 0% cached',
    );
    assert.equal(threadTotals({ turns: [] }), '');
  });
});
