import assert from 'node:assert/strict';
import { judgeAnswer, shownWords } from '../../../src/protocol/approvalAnswer';
import type { Approval, Decision } from '../../../src/protocol/approvals';

const asked: Approval = {
  ...{ id: 'a-1', itemId: 'i-1', cwd: '/w', grant: 'npm test' },
  subject: { kind: 'command', command: 'npm test' },
  reasons: ['may write files'],
};
const shown = shownWords(asked);

describe('answers to approvals', () => {
  const forged: readonly (readonly [string, string, string])[] = [
    ['an id that nobody gave out', 'a-2', shown],
    ['the key of a prototype', '__proto__', shown],
    ['the name of a method', 'constructor', shown],
    ['an empty id', '', shown],
  ];
  for (const [what, approvalId, words] of forged) {
    it(`F01 do not count with ${what}`, () => {
      assert.equal(
        judgeAnswer([asked], { approvalId, decision: 'approve', shown: words }),
        'unknown',
      );
    });
  }

  it('F01 do not count a second time', () => {
    const answer = { approvalId: 'a-1', decision: 'approve', shown } as const;
    assert.equal(judgeAnswer([asked], answer), 'counts');
    assert.equal(judgeAnswer([], answer), 'unknown');
  });

  const changed: readonly (readonly [string, Partial<Approval>])[] = [
    ['another command', { subject: { kind: 'command', command: 'npm test; rm -rf /' } }],
    ['another folder', { cwd: '/' }],
    ['another reason', { reasons: [] }],
    ['other words of the agent', { justification: 'Harmless.' }],
    ['another grant', { grant: 'npm' }],
    ['another kind of subject', { subject: { kind: 'patch', paths: ['npm test'] } }],
  ];
  for (const [what, part] of changed) {
    for (const decision of ['approve', 'approveForThread'] as const) {
      it(`F05 ${decision} nothing that was shown with ${what}`, () => {
        const answer = { approvalId: 'a-1', decision, shown };
        assert.equal(judgeAnswer([{ ...asked, ...part }], answer), 'changed');
      });
    }
  }

  it('F05 approve for the thread only where that was offered', () => {
    const { grant: _, ...once } = asked;
    const answer = {
      approvalId: 'a-1',
      decision: 'approveForThread',
      shown: shownWords(once),
    } as const;
    assert.equal(judgeAnswer([once], answer), 'changed');
    assert.equal(judgeAnswer([once], { ...answer, decision: 'approve' }), 'counts');
  });

  it('may always refuse, whatever was shown', () => {
    for (const decision of ['deny', 'cancel'] satisfies Decision[]) {
      assert.equal(judgeAnswer([asked], { approvalId: 'a-1', decision, shown: '' }), 'counts');
    }
  });
});
