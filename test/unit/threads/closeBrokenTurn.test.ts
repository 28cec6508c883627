import assert from 'node:assert/strict';
import type { ThreadEventBody } from '../../../src/protocol/events';
import type { CompactionItem } from '../../../src/protocol/items';
import { emptyThreadState, foldEvent, runningTurn } from '../../../src/protocol/threadState';
import { closeBrokenTurn } from '../../../src/threads/closeBrokenTurn';
import { sampleContext } from '../../support/sampleContext';

function fold(bodies: readonly ThreadEventBody[]) {
  return bodies.reduce(
    (state, body) => foldEvent(state, { seq: state.seq + 1, at: 0, threadId: 'T', ...body }),
    emptyThreadState('T'),
  );
}

const command = {
  type: 'commandExecution',
  id: 'c',
  status: 'inProgress',
  command: 'sleep 9',
  cwd: '/w',
  output: 'half',
  readOnly: false,
} as const;
const broken: ThreadEventBody[] = [
  {
    type: 'turn.started',
    turnId: 'turn',
    input: { text: 'x', attachments: [] },
    context: sampleContext('/w'),
  },
  { type: 'item.started', turnId: 'turn', item: command },
  {
    type: 'approval.requested',
    turnId: 'turn',
    approval: {
      id: 'a',
      itemId: 'c',
      cwd: '/w',
      subject: { kind: 'command', command: 'x' },
      reasons: [],
    },
  },
];

describe('closeBrokenTurn', () => {
  it('ends the turn, its items and its questions, and answers its calls', () => {
    const call = { type: 'function_call', call_id: '1', name: 'x', arguments: '{}' } as const;
    const closing = closeBrokenTurn(fold(broken), [call]);
    const state = fold([...broken, ...closing]);
    assert.equal(runningTurn(state), undefined);
    assert.equal(state.turns[0]?.status, 'interrupted');
    assert.deepEqual(state.approvals, []);
    assert.deepEqual(state.turns[0]?.entries, [{ ...command, status: 'interrupted' }]);
    const appended = closing.find((event) => event.type === 'history.appended');
    assert.deepEqual(
      appended?.items.map((item) => item.type),
      ['function_call_output', 'message'],
    );
  });

  it('ends a summary that was being written between turns', () => {
    const ended: ThreadEventBody = { type: 'turn.interrupted', turnId: 'turn', by: 'user' };
    const item: CompactionItem = {
      ...{ type: 'compaction', id: 'x', status: 'inProgress', summary: '', tokensBefore: 9 },
    };
    const events = [...broken.slice(0, 1), ended];
    const cutOff: ThreadEventBody[] = [...events, { type: 'item.started', turnId: 'turn', item }];
    const closing = closeBrokenTurn(fold(cutOff), []);
    const state = fold([...cutOff, ...closing]);
    assert.deepEqual(state.turns[0]?.entries, [{ ...item, status: 'interrupted' }]);
    assert.equal(state.turns[0].status, 'interrupted');
  });

  it('leaves a thread alone whose turns have all ended', () => {
    const ended = fold([
      ...broken.slice(0, 1),
      { type: 'turn.interrupted', turnId: 'turn', by: 'user' },
    ]);
    assert.deepEqual(closeBrokenTurn(ended, []), []);
  });
});
