import assert from 'node:assert/strict';
import { networkText } from '../../../src/agent/networkText';
import { sampleContext } from '../../support/sampleContext';

describe('networkText', () => {
  const cases = [
    { approvalPolicy: 'never', domains: [], says: /^Commands have no network but/, not: /ask/ },
    {
      approvalPolicy: 'never',
      domains: ['a.com', 'write:b.com'],
      says: /Allowed domains: a\.com, write:b\.com .*Other hosts are refused/,
      not: /ask the person/,
    },
    {
      approvalPolicy: 'on-request',
      domains: [],
      says: /No domain is allowed beforehand\. Other hosts ask the person while the command waits/,
      not: /are refused/,
    },
    {
      approvalPolicy: 'untrusted',
      domains: ['a.com'],
      says: /Allowed domains: a\.com .*Other hosts ask the person/,
      not: /are refused/,
    },
  ] as const;
  for (const { approvalPolicy, domains, says, not } of cases) {
    it(`says what works under ${approvalPolicy} with ${domains.length} domains`, () => {
      const text = networkText(sampleContext('/w', { approvalPolicy, allowedDomains: domains }));
      assert.match(text, says);
      assert.doesNotMatch(text, not);
    });
  }
});
