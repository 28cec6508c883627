import assert from 'node:assert/strict';
import { createTreeSitterParser } from '../../src/adapters/shell/treeSitterParser';
import type { CommandAccess } from '../../src/policy/access';
import { decide, type PolicySituation } from '../../src/policy/decide';
import { sampleSituation } from './policyDoubles';

export const root = '/projects/app';
/** The real second parser; load it before the tests. */
export const parser = createTreeSitterParser();

/** A thread under `untrusted`, where everything but sure reading asks. */
export function situation(changes: Partial<PolicySituation> = {}): PolicySituation {
  return sampleSituation({ shellParser: parser, approvalPolicy: 'untrusted', ...changes });
}

/** A call of a command in the folder. */
export const command = (text: string, changes: Partial<CommandAccess> = {}): CommandAccess => ({
  ...{ kind: 'command', command: text, cwd: root, unusualShell: false, escalated: false },
  ...changes,
});

/** Why a line asks; fails where it does not. */
export function reasonsFor(line: string, changes: Partial<PolicySituation> = {}): string {
  const verdict = decide(command(line), situation(changes));
  assert.equal(verdict.kind, 'ask', `${JSON.stringify(line.slice(0, 100))} did not ask`);
  return verdict.kind === 'ask' ? verdict.reasons.join('; ') : '';
}

/** A class of attacks: each line asks, in a sandbox and without one, and runs in no reading mode. */
export function asks(title: string, lines: readonly string[]): void {
  for (const line of lines) {
    const shown = JSON.stringify(line.length > 70 ? `${line.slice(0, 70)}…` : line);
    it(`${title}: ${shown}`, () => {
      reasonsFor(line);
      reasonsFor(line, { sandboxUnavailable: undefined });
      for (const mode of ['ask', 'plan'] as const) {
        assert.equal(decide(command(line), situation({ mode })).kind, 'deny');
      }
      const never = situation({ approvalPolicy: 'never' });
      assert.equal(decide(command(line), never).kind, 'deny');
    });
  }
}
