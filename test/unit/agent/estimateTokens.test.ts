import assert from 'node:assert/strict';
import { ContextSize, estimateItem, estimateItems } from '../../../src/agent/estimateTokens';
import type { ModelItem } from '../../../src/protocol/modelItem';

const user = (text: string): ModelItem => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text }],
});
const usage = {
  inputTokens: 1000,
  cachedInputTokens: 0,
  outputTokens: 200,
  reasoningOutputTokens: 0,
};
const completed = { type: 'step.completed', turnId: 't', responseId: 'r', usage } as const;

describe('estimateItem', () => {
  it('counts a quarter of the bytes of what is said, called and answered', () => {
    const text = 'x'.repeat(4000);
    const items: ModelItem[] = [
      user(text),
      { type: 'message', role: 'user', content: text },
      { type: 'function_call', call_id: 'c', name: '', arguments: text },
      { type: 'custom_tool_call', call_id: 'c', name: '', input: text },
      { type: 'function_call_output', call_id: 'c', output: text },
    ];
    for (const item of items)
      assert.ok(Math.abs(estimateItem(item) - 1000) < 10, JSON.stringify(item).slice(0, 40));
    assert.ok(estimateItem(user('ä'.repeat(4000))) > 1990, 'bytes, not characters');
  });

  it('counts an image the same whatever its size', () => {
    const image = (bytes: number): ModelItem => ({
      type: 'function_call_output',
      call_id: 'c',
      output: [{ type: 'input_image', image_url: 'A'.repeat(bytes), detail: 'auto' }],
    });
    assert.equal(estimateItem(image(10)), estimateItem(image(4_000_000)));
    assert.ok(estimateItem(image(10)) > 1000);
  });

  it('counts encrypted reasoning by what it holds', () => {
    const sealed = (length: number) =>
      estimateItem({
        type: 'reasoning',
        id: 'r',
        summary: [],
        encrypted_content: 'A'.repeat(length),
      });
    assert.ok(sealed(400) < 10);
    assert.ok(Math.abs(sealed(40_000) - 7350) < 100);
  });
});

describe('ContextSize', () => {
  it('adds an estimate of what came since to what the server counted last', () => {
    const size = new ContextSize();
    size.observe({ type: 'history.appended', items: [user('first')] });
    assert.equal(size.tokens, estimateItems([user('first')]));
    size.observe({ type: 'history.appended', items: [user('the answer')] });
    size.observe(completed);
    assert.equal(size.tokens, 1200);
    size.observe({ type: 'history.appended', items: [user('x'.repeat(400))] });
    assert.equal(size.tokens, 1200 + estimateItem(user('x'.repeat(400))));
  });

  it('starts anew with a compaction', () => {
    const size = new ContextSize();
    size.observe(completed);
    size.observe({
      type: 'history.compacted',
      replacement: [],
      tokensBefore: 1200,
      tokensAfter: 70,
    });
    assert.equal(size.tokens, 70);
  });
});
