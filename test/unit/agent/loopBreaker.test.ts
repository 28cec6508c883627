import assert from 'node:assert/strict';
import type { CallItem } from '../../../src/agent/history';
import { hintAfter, LoopBreaker, stopAfter } from '../../../src/agent/loopBreaker';
import { called } from '../../support/memoryModel';

const call = (cmd: string) => called('exec_command', { cmd }, 'c') as CallItem;

describe('the loop breaker', () => {
  const failTimes = (breaker: LoopBreaker, times: number, cmd = 'make') =>
    Array.from({ length: times }, () => breaker.record(call(cmd), true));

  it('tells the model when one call keeps failing, and is stuck some failures later', () => {
    const breaker = new LoopBreaker();
    const hints = failTimes(breaker, stopAfter);
    assert.equal(
      hints.findIndex((hint) => hint !== undefined),
      hintAfter - 1,
    );
    assert.equal(breaker.isStuck(call('make')), true);
    assert.equal(breaker.isStuck(call('make all')), false);
  });

  it('begins anew when something else succeeded, or a person lets it go on', () => {
    const breaker = new LoopBreaker();
    failTimes(breaker, stopAfter - 1);
    breaker.record(call('edit'), false);
    failTimes(breaker, 1);
    assert.equal(breaker.isStuck(call('make')), false);
    failTimes(breaker, stopAfter);
    breaker.forgive();
    assert.equal(breaker.isStuck(call('make')), false);
  });

  it('asks about a stuck call, and lets a refusal stand', () => {
    const breaker = new LoopBreaker();
    failTimes(breaker, stopAfter);
    const allowed = { kind: 'allow', readOnly: false, by: 'policy' } as const;
    assert.equal(breaker.review(call('make'), allowed).kind, 'ask');
    const denied = { kind: 'deny', reason: 'no' } as const;
    assert.equal(breaker.review(call('make'), denied), denied);
    assert.equal(breaker.review(call('other'), allowed), allowed);
  });
});
