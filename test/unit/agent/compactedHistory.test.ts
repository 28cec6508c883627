import assert from 'node:assert/strict';
import {
  compactedHistory,
  keptMessageTokens,
  withSummary,
} from '../../../src/agent/compactedHistory';
import { contextUpdate, type ContextPart } from '../../../src/agent/contextParts';
import { estimateItems } from '../../../src/agent/estimateTokens';
import type { ThreadEventBody } from '../../../src/protocol/events';
import { emptyThreadState, foldEvent } from '../../../src/protocol/threadState';
import { sampleContext } from '../../support/sampleContext';

const parts: ContextPart[] = [
  { role: 'developer', tag: 'mode', text: 'Mode: agent.' },
  { role: 'developer', tag: 'personality', text: undefined },
  { role: 'user', tag: 'environment_context', text: '<cwd>/w</cwd>' },
];

/** A thread in which the person said these texts, one turn each. */
function stateOf(texts: readonly string[], ...more: ThreadEventBody[]) {
  const bodies = texts.flatMap((text, index): ThreadEventBody[] => {
    const turnId = `turn-${index}`;
    const input = { text, attachments: [] };
    const item = { type: 'userMessage', id: `m${index}`, status: 'completed', input } as const;
    return [
      { type: 'turn.started', turnId, input, context: sampleContext('/w') },
      { type: 'item.started', turnId, item },
    ];
  });
  return [...bodies, ...more].reduce(
    (state, body, index) => foldEvent(state, { seq: index + 1, at: 0, threadId: 'T', ...body }),
    emptyThreadState('T'),
  );
}

describe('compactedHistory', () => {
  it('holds the situation, what the person said, and the summary, in this order', () => {
    const history = compactedHistory(stateOf(['one', 'two']), parts, 'SUMMARY');
    const text = JSON.stringify(history);
    assert.match(
      text,
      /Mode: agent[^]*<cwd>[^]*"one"[^]*"two"[^]*replaced by the summary[^]*SUMMARY/,
    );
    assert.equal(history.length, 5);
  });

  it('says the situation so that only changes of it are said afterwards', () => {
    const history = compactedHistory(stateOf(['one']), parts, 'SUMMARY');
    assert.deepEqual(contextUpdate(history, parts), []);
    const changed = parts.with(0, { role: 'developer', tag: 'mode', text: 'Mode: ask.' });
    assert.match(JSON.stringify(contextUpdate(history, changed)), /Mode: ask/);
  });

  it('keeps the latest messages up to a bound, the oldest of them cut', () => {
    const long = (name: string) => `${name} `.repeat(8000);
    const texts = [long('aaaa'), long('bbbb'), long('cccc'), 'the latest'];
    const messages = compactedHistory(stateOf(texts), [], 'S').slice(0, -1);
    const text = JSON.stringify(messages);
    assert.ok(estimateItems(messages) <= keptMessageTokens + 100);
    assert.match(text, /bbbb[^]*tokens truncated[^]*bbbb[^]*cccc[^]*the latest/);
    assert.doesNotMatch(text, /aaaa/);
  });

  it('cuts even the latest message where it alone is too long', () => {
    const [message] = compactedHistory(stateOf(['x'.repeat(400_000)]), [], 'S');
    assert.match(JSON.stringify(message), /tokens truncated/);
    assert.ok(estimateItems([message!]) <= keptMessageTokens + 100);
  });

  it('names every file the thread touched', () => {
    const change = { kind: 'update', diff: '', added: 1, removed: 0 } as const;
    const item = {
      type: 'fileChange',
      id: 'f',
      status: 'completed',
      changes: [
        { ...change, path: 'b.ts' },
        { ...change, path: 'a.ts' },
      ],
    } as const;
    const state = stateOf(['one'], { type: 'item.started', turnId: 'turn-0', item });
    assert.match(
      JSON.stringify(compactedHistory(state, [], 'S').at(-1)),
      /<files_touched>\\n- a\.ts\\n- b\.ts\\n<\/files_touched>/,
    );
  });
});

describe('withSummary', () => {
  it('changes the words of the summary and nothing else', () => {
    const history = compactedHistory(stateOf(['one']), parts, 'OLD');
    const edited = withSummary(history, 'NEW');
    const other = edited!.filter((item, index) => item !== history[index]);
    assert.equal(other.length, 1);
    assert.match(JSON.stringify(other), /replaced by the summary[^]*NEW/);
  });

  it('knows a history without a summary', () => {
    assert.equal(withSummary([], 'NEW'), undefined);
  });
});
