import assert from 'node:assert/strict';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import type { Item } from '../../../src/protocol/items';
import { condenseEvents } from '../../../src/protocol/condenseEvents';
import { emptyThreadState, foldEvent } from '../../../src/protocol/threadState';
import { auditRecords, exportAudit } from '../../../src/threads/audit';
import { forkEvents } from '../../../src/threads/forkEvents';
import { sampleContext } from '../../support/sampleContext';

const turnId = 'turn-1';
const itemId = 'call-1';

const decided: ThreadEventBody = {
  type: 'decision.made',
  turnId,
  itemId,
  decision: {
    outcome: 'allowed',
    by: 'user',
    reasons: ['asks to run outside the sandbox'],
    subject: { kind: 'command', command: 'make', cwd: '/work' },
    escalated: true,
  },
};
const contacted: ThreadEventBody = {
  type: 'host.contacted',
  turnId,
  itemId,
  contact: {
    ...{ host: 'example.org', port: 443, method: 'CONNECT', outcome: 'allowed' },
    ...{ by: 'setting', sentBytes: 1, receivedBytes: 2 },
  },
};

const entered: ThreadEventBody = {
  type: 'outside.entered',
  ...{ turnId, itemId, source: { kind: 'host', name: 'example.org' } },
};

function events(...bodies: readonly ThreadEventBody[]): ThreadEvent[] {
  const input = { text: 'Go', attachments: [] };
  const all: ThreadEventBody[] = [
    { type: 'thread.started', cwd: '/work' },
    { type: 'turn.started', turnId, input, context: sampleContext('/work') },
    ...bodies,
    { type: 'turn.interrupted', turnId, by: 'user' },
  ];
  return all.map((body, index) => ({ seq: index + 1, at: index * 1000, threadId: 't', ...body }));
}

describe('the record of what a thread did', () => {
  it('has decisions and hosts whole, with when and for which call', () => {
    const [thread, turn, decision, host, outside, end] = auditRecords(
      events(decided, contacted, entered),
    );
    assert.deepEqual(thread, {
      ...{ seq: 1, at: '1970-01-01T00:00:00.000Z' },
      ...{ record: 'thread', thread: 't', folder: '/work' },
    });
    assert.equal(turn?.record === 'turn' && turn.sandboxMode, sampleContext('/work').sandboxMode);
    assert.deepEqual(decision, {
      ...{ seq: 3, at: '1970-01-01T00:00:02.000Z', turn: turnId, call: itemId },
      record: 'decision',
      ...(decided as Extract<ThreadEvent, { type: 'decision.made' }>).decision,
    });
    assert.equal(host?.record === 'host' && host.host, 'example.org');
    assert.equal(outside?.record === 'outside' && outside.source.name, 'example.org');
    assert.equal(end?.record === 'turnEnd' && end.end, 'interrupted');
  });

  it('has what the person did with changes', () => {
    const file = { path: 'a.txt', before: 'b1', after: 'a1' };
    const restore = {
      ...{ id: 'r', checkpoint: { turnId }, scope: 'files' as const },
      ...{ files: [file], kept: [], pendingBefore: [] },
    };
    const found = auditRecords(
      events(
        { type: 'hunk.resolved', resolution: 'accept', target: { path: 'a.txt' } },
        {
          type: 'changes.committed',
          commit: { id: 'c1', subject: 's', paths: ['a.txt'] },
          ...{ settled: ['a.txt'], upTo: 3 },
        },
        { type: 'thread.restored', restore },
        { type: 'restore.undone', restoreId: 'r', paths: ['a.txt'] },
      ),
    ).slice(2, -1);
    assert.deepEqual(
      found.map((each) => (each.record === 'review' ? [each.resolution, each.paths] : each.record)),
      [
        ['accept', ['a.txt']],
        ['commit', ['a.txt']],
        ['restore', ['a.txt']],
        'write',
        ['undoRestore', ['a.txt']],
      ],
    );
  });

  it('has the end of a command that went on in the background', () => {
    const command: Item = {
      ...{ type: 'commandExecution', id: itemId, status: 'completed', command: 'npm start' },
      ...{ cwd: '/work', output: '', sessionId: 3, readOnly: false },
    };
    const poll = (exitCode?: number): Item => ({
      ...{
        type: 'toolCall',
        id: 'poll',
        status: 'completed',
        tool: 'write_stdin',
        title: 'Waited',
      },
      ...{ output: '', session: { id: 3, ...(exitCode === undefined ? {} : { exitCode }) } },
    });
    const items = [command, poll(), poll(0)];
    const found = auditRecords(
      events(...items.map((item) => ({ type: 'item.completed', turnId, item }) as const)),
    ).slice(2, -1);
    assert.deepEqual(
      found.map((record) => [record.record, 'session' in record && record.session]),
      [
        ['command', 3],
        ['commandEnd', 3],
      ],
    );
  });

  it('is one JSON object a line, whatever a command holds', () => {
    const command = 'a\nb\u2028"}{\u0000';
    const odd = {
      ...(decided as Extract<ThreadEvent, { type: 'decision.made' }>),
      decision: {
        ...{ outcome: 'denied' as const, by: 'policy' as const, reasons: [] },
        subject: { kind: 'command' as const, command, cwd: '/work' },
      },
    };
    const lines = exportAudit(events(odd)).trimEnd().split('\n');
    const subjects = lines.map((line) => (JSON.parse(line) as { subject?: unknown }).subject);
    assert.deepEqual(subjects[2], { kind: 'command', command, cwd: '/work' });
  });

  it('of a fork leaves what it was copied from to the record of the original', () => {
    const source = [
      ...events(decided, contacted),
      {
        ...{ seq: 9, at: 9000, threadId: 't', type: 'turn.started' as const, turnId: 'turn-2' },
        ...{ input: { text: 'Again', attachments: [] }, context: sampleContext('/work') },
      },
    ];
    const fork = forkEvents(source, 'turn-2', { threadId: 'f', at: 10_000 })!;
    assert.deepEqual(
      auditRecords(fork.events).map((each) => each.record === 'thread' && each.forkedFrom),
      ['t'],
    );
  });

  it('changes nothing of what a thread goes on from', () => {
    const steps = [1, 2, 3, 4].map((step) => ({ type: 'step.started', turnId, step }) as const);
    const all = events(decided, contacted, ...steps);
    const condensed = condenseEvents(all);
    assert.ok(!condensed.some(({ type }) => type === 'decision.made'));
    const fold = (each: readonly ThreadEvent[]) => each.reduce(foldEvent, emptyThreadState('t'));
    assert.deepEqual(fold(condensed), fold(all));
  });
});
