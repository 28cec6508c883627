import assert from 'node:assert/strict';
import { compactedHistory } from '../../../src/agent/compactedHistory';
import { estimateUse } from '../../../src/agent/contextUse';
import { contextUpdate } from '../../../src/agent/contextParts';
import { estimateItems } from '../../../src/agent/estimateTokens';
import { userMessage } from '../../../src/agent/userMessage';
import type { ModelItem } from '../../../src/protocol/modelItem';
import { emptyThreadState } from '../../../src/protocol/threadState';

const long = 'x'.repeat(4_000);

describe('estimateUse', () => {
  const situation = contextUpdate(
    [],
    [
      { role: 'developer', tag: 'mode', text: long },
      { role: 'user', tag: 'project_instructions', text: long },
    ],
  );
  const said = userMessage({
    text: long,
    attachments: [
      { kind: 'text', source: 'paste', name: '', text: long },
      { kind: 'image', name: 'a.png', dataUrl: 'data:image/png;base64,AAAA' },
    ],
  });
  const work: readonly ModelItem[] = [
    { type: 'function_call', call_id: 'c', name: 'rg', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c', output: long },
  ];

  it('counts each kind of content where it belongs, and everything once', () => {
    const history = [...situation, said, ...work];
    const use = estimateUse(history, 500);
    const about = (value: number, wanted: number) =>
      assert.ok(Math.abs(value - wanted) < 60, `${value} is about ${wanted}`);
    about(use.instructions, 500 + 1_000);
    about(use.projectInstructions, 1_000);
    about(use.conversation, 1_000);
    about(use.attachments, 1_000 + 1_844);
    about(use.toolOutput, 1_000);
    assert.equal(use.summary, 0);
    const sum = Object.values(use).reduce((total, part) => total + part, 0);
    assert.equal(sum, 500 + estimateItems(history));
  });

  it('tells a summary from what the person says', () => {
    const replacement = compactedHistory(emptyThreadState('t'), [], long);
    const { summary, conversation } = estimateUse(
      [...replacement, userMessage({ text: 'on', attachments: [] })],
      0,
    );
    assert.ok(summary > 1_000);
    assert.ok(conversation < 20);
  });
});
