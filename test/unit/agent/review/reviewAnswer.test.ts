import assert from 'node:assert/strict';
import { readReviewAnswer } from '../../../../src/agent/review/reviewAnswer';

const answer = {
  findings: [],
  overall_correctness: 'patch is correct',
  overall_explanation: 'Fine.',
  overall_confidence_score: 0.8,
};

describe('readReviewAnswer', () => {
  it('reads a plain object, and one with a fence and words around it', () => {
    const json = JSON.stringify(answer);
    assert.deepEqual(readReviewAnswer(json), { answer });
    assert.deepEqual(readReviewAnswer(`Here it is:\n\`\`\`json\n${json}\n\`\`\`\nDone.`), {
      answer,
    });
  });

  it('says what is wrong with anything else', () => {
    const problem = (text: string) => {
      const read = readReviewAnswer(text);
      return 'problem' in read ? read.problem : '';
    };
    assert.match(problem('No findings.'), /not a JSON object/);
    assert.match(problem('{"findings": ['), /not a JSON object/);
    assert.match(problem('{"findings": [{}]}'), /shape[^]*title/);
  });
});
