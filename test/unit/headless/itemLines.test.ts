import assert from 'node:assert/strict';
import { itemLine } from '../../../src/headless/itemLines';
import type { Item } from '../../../src/protocol/items';

const base = { id: 'i1', status: 'completed' } as const;
const question: Item = {
  ...{ ...base, type: 'question' },
  questions: [
    {
      ...{ id: 'q1', header: 'Store', question: 'Which database?' },
      options: [{ label: 'SQLite', description: 'One file.' }],
    },
  ],
};

describe('the JSON line of an item', () => {
  it('tells what the agent asks, and the answers once there are some', () => {
    const asked = {
      ...{ id: 'i1', type: 'request_user_input', questions: question.questions },
      ...{ answers: null, status: 'in_progress' },
    };
    assert.deepEqual(itemLine('item.started', { ...question, status: 'inProgress' }), [
      { type: 'item.started', item: asked },
    ]);
    assert.deepEqual(itemLine('item.completed', { ...question, answers: { q1: 'SQLite' } }), [
      {
        type: 'item.completed',
        item: { ...asked, answers: { q1: 'SQLite' }, status: 'completed' },
      },
    ]);
  });

  it('is there for every type but the person’s own words and the summary of a compaction', () => {
    const items: { readonly [T in Item['type']]: Extract<Item, { type: T }> } = {
      userMessage: { ...base, type: 'userMessage', input: { text: 'hi', attachments: [] } },
      compaction: { ...base, type: 'compaction', summary: 's', tokensBefore: 1 },
      agentMessage: { ...base, type: 'agentMessage', phase: 'final', text: 'hi' },
      proposedPlan: { ...base, type: 'proposedPlan', text: 'plan' },
      reasoning: { ...base, type: 'reasoning', text: 'hm' },
      commandExecution: {
        ...{ ...base, type: 'commandExecution', command: 'ls', cwd: '/', output: '' },
        ...{ readOnly: true, exitCode: 2 },
      },
      fileChange: { ...base, type: 'fileChange', changes: [] },
      question,
      review: {
        ...{ ...base, type: 'review', findings: [], explanation: '' },
        target: { kind: 'turn', turnId: 't1' },
      },
      toolCall: { ...base, type: 'toolCall', tool: 'rg', title: 'Searched', output: '' },
    };
    const told = Object.values(items).flatMap((item) => itemLine('item.completed', item));
    assert.deepEqual(
      told.map(({ item }) => (item as { type: string }).type),
      [
        ...['agent_message', 'agent_message', 'reasoning', 'command_execution', 'file_change'],
        ...['request_user_input', 'review', 'tool_call'],
      ],
    );
    assert.ok(told.every(({ item }) => (item as { id: string }).id === 'i1'));
    assert.equal((told[3]?.item as { status: string }).status, 'failed');
  });

  it('comes at the start only for what may take long', () => {
    const message: Item = { ...base, type: 'agentMessage', phase: 'final', text: 'hi' };
    assert.deepEqual(itemLine('item.started', message), []);
    assert.deepEqual(itemLine('item.completed', { ...message, text: '' }), []);
  });
});
