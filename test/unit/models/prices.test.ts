import assert from 'node:assert/strict';
import { modelChoices, profileFor } from '../../../src/models';
import { costOf } from '../../../src/protocol/usage';

const usage = {
  inputTokens: 1_000_000,
  cachedInputTokens: 800_000,
  outputTokens: 100_000,
  reasoningOutputTokens: 50_000,
};

describe('prices', () => {
  it('are known for every model that is offered', () => {
    for (const { id } of modelChoices()) assert.ok(profileFor(id).profile.prices, id);
  });

  it('are those of the family for a dated id, and unknown for any other', () => {
    const dated = profileFor('gpt-6-sol-2026-09-22').profile;
    assert.deepEqual(dated.prices, profileFor('gpt-6-sol').profile.prices);
    assert.equal(profileFor('gpt-5.5-codex').profile.prices, undefined);
    assert.equal(profileFor('toString').profile.prices, undefined);
  });

  it('make the cost of a usage, cached input for less', () => {
    const prices = { input: 2, cachedInput: 0.2, output: 10 };
    const cost = costOf(usage, prices);
    assert.ok(cost !== undefined && Math.abs(cost - 1.56) < 1e-9);
    assert.equal(costOf(usage, undefined), undefined);
  });
});
