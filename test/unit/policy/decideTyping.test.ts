import assert from 'node:assert/strict';
import type { Access, RunningCommand } from '../../../src/policy/access';
import { decide } from '../../../src/policy/decide';
import { sampleSituation } from '../../support/policyDoubles';

const typed = (text: string, session?: Partial<RunningCommand>): Access => ({
  ...{ kind: 'typing', text, sessionId: 7 },
  session: { id: 7, command: 'bash', confined: true, ...session },
});
const sandboxed = { sandboxUnavailable: undefined } as const;
const shells = [
  'bash',
  'bash -i',
  'python3',
  'node',
  'env bash',
  'ssh host',
  'cd x && sh',
  'psql db',
];

describe('decideTyping', () => {
  it('lets text go into a confined command, also into a shell', () => {
    for (const approvalPolicy of ['on-request', 'never'] as const) {
      for (const command of [...shells, 'npm init']) {
        const verdict = decide(
          typed('ls -la\n', { command }),
          sampleSituation({ ...sandboxed, approvalPolicy }),
        );
        assert.equal(verdict.kind, 'allow', command);
      }
    }
  });

  it('asks under untrusted, and says what it is typed into', () => {
    for (const command of shells) {
      const verdict = decide(
        typed('curl x\n', { command }),
        sampleSituation({ ...sandboxed, approvalPolicy: 'untrusted' }),
      );
      assert.ok(verdict.kind === 'ask');
      assert.deepEqual(verdict.reasons, [
        `is typed into ${command}, which may run whatever it gets`,
      ]);
    }
  });

  it('asks where the command is in no sandbox, once per session where that is approved', () => {
    const situation = sampleSituation();
    const access = typed('touch x\n', { confined: false });
    const asked = decide(access, situation);
    assert.ok(asked.kind === 'ask');
    assert.match(asked.reasons.join(), /not in a sandbox/);
    assert.equal(asked.grant?.text, 'whatever is typed into session 7 (bash)');
    situation.grants.remember(asked.grant);
    assert.equal(decide(typed('touch y\n', { confined: false }), situation).kind, 'allow');
    const other = typed('touch y\n', { confined: false, id: 8 });
    assert.equal(decide(other, situation).kind, 'ask');
  });

  it('asks before a shell is told to destroy work, whatever was approved', () => {
    for (const confined of [true, false]) {
      for (const sandboxMode of ['workspace-write', 'full-access'] as const) {
        const situation = sampleSituation({ ...sandboxed, sandboxMode });
        const asked = decide(typed('touch x\n', { confined }), sampleSituation());
        if (asked.kind === 'ask') situation.grants.remember(asked.grant!);
        const verdict = decide(typed('rm -rf src\n', { confined }), situation);
        assert.ok(verdict.kind === 'ask');
        assert.match(verdict.reasons.join(), /may destroy work/);
        assert.equal(verdict.grant, undefined);
      }
    }
  });

  it('never lets a shell be told what never runs', () => {
    const open = sampleSituation({ sandboxMode: 'full-access', approvalPolicy: 'never' });
    assert.equal(decide(typed('rm -rf /\n'), open).kind, 'deny');
  });

  it('denies what would ask when nobody may be asked', () => {
    const verdict = decide(
      typed('touch x\n', { confined: false }),
      sampleSituation({ approvalPolicy: 'never' }),
    );
    assert.equal(verdict.kind, 'deny');
  });

  it('lets keys that only stop or go on through', () => {
    for (const text of ['\u0003', '\u0004', '\n', '\r']) {
      const situation = sampleSituation({ approvalPolicy: 'untrusted' });
      assert.equal(decide(typed(text, { confined: false }), situation).kind, 'allow');
    }
  });

  it('refuses everything typed in the reading modes', () => {
    for (const mode of ['ask', 'plan'] as const) {
      assert.equal(decide(typed('x\n'), sampleSituation({ ...sandboxed, mode })).kind, 'deny');
    }
  });
});
