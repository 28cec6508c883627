import assert from 'node:assert/strict';
import { networkOf, TurnHosts } from '../../../src/agent/turnHosts';
import type { TurnEnvironment } from '../../../src/agent/turnEnvironment';
import { defer, type Deferred } from '../../../src/base/deferred';
import { HostGrants } from '../../../src/policy/hostGrants';
import type { HostAnswer } from '../../../src/ports/sandbox';
import type { Approval, Decision } from '../../../src/protocol/approvals';
import type { ThreadEventBody } from '../../../src/protocol/events';
import { sampleContext } from '../../support/sampleContext';

const never = new AbortController().signal;

/** The part of a turn that hosts need, and a person whose answers the test gives one by one. */
function desk(patienceMs?: number) {
  const events: ThreadEventBody[] = [];
  const open: Approval[] = [];
  const answers: Deferred<Decision>[] = [];
  const stop = new AbortController();
  const turn = {
    turnId: 'turn-1',
    context: sampleContext('/w', { approvalPolicy: 'on-request' }),
    signal: stop.signal,
    state: () => ({ approvals: open }),
    log: { info() {}, warn() {}, error() {} },
    approver: {
      async ask(_approval: Approval, signal: AbortSignal) {
        const answer = defer<Decision>();
        answers.push(answer);
        signal.addEventListener('abort', () => answer.resolve('cancel'));
        return { decision: await answer.promise, by: 'user' as const };
      },
    },
    emit(event: ThreadEventBody) {
      events.push(event);
      if (event.type === 'approval.requested') open.push(event.approval);
      if (event.type !== 'approval.resolved') return;
      open.splice(
        open.findIndex(({ id }) => id === event.approvalId),
        1,
      );
    },
  } as unknown as TurnEnvironment;
  const hosts = new TurnHosts(new HostGrants(), patienceMs);
  const ask = (itemId: string, host: string, signal = never): Promise<HostAnswer> => {
    const command = { itemId, command: `command of ${itemId}`, cwd: '/w' };
    const { ask: question } = hosts.accessOf(turn, command, { allowedDomains: [] });
    assert.ok(question);
    return question({ host, port: 443, method: 'CONNECT', writing: true, reasons: ['x'] }, signal);
  };
  const resolutions = () =>
    events.flatMap((event) =>
      event.type === 'approval.resolved' ? [`${event.decision} by ${event.by}`] : [],
    );
  return { ask, answers, events, hosts, stop, open, resolutions, turn };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('TurnHosts', () => {
  it('asks about one host one command after the other, and not again once it is approved for the thread', async () => {
    const { ask, answers, open } = desk();
    const [first, second] = [ask('c1', 'ok.com'), ask('c2', 'ok.com')];
    await soon();
    assert.deepEqual(
      open.map(({ itemId }) => itemId),
      ['c1'],
    );
    answers[0]?.resolve('approveForThread');
    assert.deepEqual(await first, { allowed: true, by: 'user' });
    assert.deepEqual(await second, { allowed: true, by: 'grant' });
    assert.equal(answers.length, 1);
  });

  it('asks the next command itself where only the first was approved', async () => {
    const { ask, answers, open } = desk();
    const [first, second] = [ask('c1', 'ok.com'), ask('c2', 'ok.com')];
    await soon();
    answers[0]?.resolve('approve');
    assert.equal((await first).allowed, true);
    await soon();
    assert.deepEqual(
      open.map(({ itemId }) => itemId),
      ['c2'],
    );
    answers[1]?.resolve('deny');
    assert.deepEqual(await second, { allowed: false, by: 'user' });
  });

  it('refuses where the person does not answer in time, which is no answer of theirs', async () => {
    const { ask, resolutions } = desk(20);
    assert.deepEqual(await ask('c1', 'ok.com'), { allowed: false, by: 'policy' });
    assert.deepEqual(resolutions(), ['deny by policy']);
  });

  it('resolves the question of a command that ended, and of a turn that ends', async () => {
    const { ask, hosts, resolutions, open } = desk();
    const ended = new AbortController();
    const first = ask('c1', 'ok.com', ended.signal);
    const second = ask('c2', 'other.com');
    await soon();
    ended.abort();
    assert.equal((await first).allowed, false);
    await hosts.close();
    assert.equal((await second).allowed, false);
    assert.deepEqual(resolutions(), ['deny by policy', 'deny by policy']);
    assert.deepEqual(open, []);
    assert.deepEqual(await ask('c3', 'third.com'), { allowed: false, by: 'policy' });
  });

  it('cancels with a turn that the person stops', async () => {
    const { ask, stop, resolutions } = desk();
    const answer = ask('c1', 'ok.com');
    await soon();
    stop.abort();
    assert.equal((await answer).allowed, false);
    assert.deepEqual(resolutions(), ['cancel by user']);
  });

  it('waits for the questions of one item only', async () => {
    const { ask, hosts, answers } = desk();
    const answer = ask('c1', 'ok.com');
    await soon();
    await hosts.settled('c2');
    answers[0]?.resolve('deny');
    await hosts.settled('c1');
    assert.equal((await answer).allowed, false);
  });

  it('writes a refusal down once, and no more than a thousand contacts of a command', () => {
    const { hosts, turn, events } = desk();
    const command = { itemId: 'c1', command: 'x', cwd: '/w' };
    const { onContact } = hosts.accessOf(turn, command, { allowedDomains: [] });
    const contact = { port: 443, method: 'CONNECT', sentBytes: 0, receivedBytes: 0 };
    const denied = { ...contact, outcome: 'denied', by: 'policy' } as const;
    for (let count = 0; count < 3000; count++) {
      const host = `a${Math.floor(count / 2)}.com`;
      onContact?.({ ...denied, host, reason: `${host} was refused.` });
    }
    assert.equal(events.filter(({ type }) => type === 'host.contacted').length, 1000);
    assert.equal(events.filter(({ type }) => type === 'notice.raised').length, 1);
    assert.equal(hosts.withUntold('').trim().split('\n').length, 10);
  });

  it('tells the model once what was refused', () => {
    const { hosts, turn } = desk();
    const command = { itemId: 'c1', command: 'x', cwd: '/w' };
    const { onContact, onUnavailable } = hosts.accessOf(turn, command, { allowedDomains: [] });
    const contact = { host: 'a.com', port: 443, method: 'CONNECT', sentBytes: 0, receivedBytes: 0 };
    for (let count = 0; count < 3; count++) {
      onContact?.({ ...contact, outcome: 'denied', by: 'policy', reason: 'a.com was refused.' });
    }
    onContact?.({ ...contact, outcome: 'allowed', by: 'setting' });
    onUnavailable?.('the kernel forbids it');
    assert.equal(
      hosts.withUntold('Output'),
      'Output\n\nNetwork: a.com was refused.\nThis command had no network: none can be made here (the kernel forbids it).',
    );
    assert.equal(hosts.withUntold('Output'), 'Output');
  });
});

describe('networkOf', () => {
  it('E02 gives no network where nothing is allowed and nobody may be asked', () => {
    for (const allowedDomains of [undefined, []]) {
      const context = sampleContext('/w', {
        approvalPolicy: 'never',
        ...(allowedDomains && { allowedDomains }),
      });
      assert.equal(networkOf(context), undefined);
    }
    const context = sampleContext('/w', { approvalPolicy: 'never', allowedDomains: ['ok.com'] });
    assert.deepEqual(networkOf(context), { allowedDomains: ['ok.com'] });
  });
});
