import assert from 'node:assert/strict';
import { parseViewRequest } from '../../../src/extension/viewRequestParsers';

const input = { text: 'hi', attachments: [] };

function problemOf(message: unknown): string | undefined {
  const parsed = parseViewRequest(message);
  return parsed && 'problem' in parsed ? parsed.problem : undefined;
}

describe('parseViewRequest', () => {
  it('reads a request', () => {
    const message = { id: 1, name: 'turn/start', params: { input } };
    assert.deepEqual(parseViewRequest(message), message);
  });

  it('knows nothing of messages that are no requests', () => {
    for (const message of [null, 7, 'x', [], {}, { id: 1 }, { id: 'a', name: 'turn/start' }]) {
      assert.equal(parseViewRequest(message), undefined);
    }
    for (const name of ['turn/unknown', '__proto__', 'constructor', 'toString']) {
      assert.equal(parseViewRequest({ id: 1, name, params: {} }), undefined);
    }
  });

  it('says where parameters are not what they must be', () => {
    assert.match(problemOf({ id: 1, name: 'turn/start', params: {} }) ?? '', /not valid at input/);
    assert.ok(problemOf({ id: 1, name: 'changes/resolve', params: { resolution: 'keep' } }));
    assert.ok(problemOf({ id: 1, name: 'file/open', params: { path: 'a', line: 0 } }));
    assert.ok(
      problemOf({ id: 1, name: 'approval/resolve', params: { approvalId: 'a', decision: 'yes' } }),
    );
  });

  it('reads what is to be done with threads, and gives no thread an empty title', () => {
    const threadId = 't';
    for (const [name, params] of [
      ['thread/search', { query: 'slug' }],
      ['thread/fork', { threadId, turnId: 'one' }],
      ['thread/fork', { threadId }],
      ['thread/rename', { threadId, title: 'Better' }],
      ['thread/archive', { threadId, archived: true }],
      ['thread/delete', { threadId }],
      ['thread/export', { threadId, format: 'jsonLines' }],
      ['thread/takeOver', {}],
    ] as const) {
      assert.deepEqual(parseViewRequest({ id: 1, name, params }), { id: 1, name, params });
    }
    for (const [name, params] of [
      ['thread/search', { query: 'x'.repeat(10_000) }],
      ['thread/fork', { turnId: 'one' }],
      ['thread/rename', { threadId, title: '  ' }],
      ['thread/archive', { threadId, archived: 'yes' }],
      ['thread/delete', {}],
      ['thread/export', { threadId, format: 'html' }],
    ] as const) {
      assert.ok(problemOf({ id: 1, name, params }), name);
    }
  });

  it('reads answers, decisions on plans and edits of waiting messages, and no empty ones', () => {
    const good = [
      { id: 1, name: 'question/answer', params: { itemId: 'i', answers: { a: 'One' } } },
      {
        id: 1,
        name: 'plan/resolve',
        params: { itemId: 'i', decision: { kind: 'approved', text: 'x' } },
      },
      { id: 1, name: 'waiting/edit', params: { id: 'w', text: 'x' } },
    ];
    for (const message of good) assert.deepEqual(parseViewRequest(message), message);
    const bad = [
      { id: 1, name: 'question/answer', params: { itemId: 'i', answers: { a: 1 } } },
      {
        id: 1,
        name: 'plan/resolve',
        params: { itemId: 'i', decision: { kind: 'approved', text: ' ' } },
      },
      {
        id: 1,
        name: 'plan/resolve',
        params: { itemId: 'i', decision: { kind: 'sentBack', text: 'x' } },
      },
      { id: 1, name: 'waiting/edit', params: { id: 'w', text: ' ' } },
    ];
    for (const message of bad) assert.ok(problemOf(message), JSON.stringify(message));
  });

  it('takes nothing that is too large', () => {
    const text = 'x'.repeat(2_000_001);
    assert.ok(problemOf({ id: 1, name: 'turn/start', params: { input: { ...input, text } } }));
    const attachments = Array.from({ length: 51 }, () => ({ kind: 'file', path: 'a' }));
    assert.ok(
      problemOf({ id: 1, name: 'turn/start', params: { input: { text: '', attachments } } }),
    );
  });

  it('takes images only as data of a known type', () => {
    const withImage = (dataUrl: string) => ({
      id: 1,
      name: 'turn/steer',
      params: { input: { text: '', attachments: [{ kind: 'image', name: 'a', dataUrl }] } },
    });
    assert.ok(problemOf(withImage('https://example.com/a.png')));
    assert.ok(problemOf(withImage('data:image/svg+xml;base64,AAAA')));
    assert.equal(problemOf(withImage('data:image/png;base64,AAAA')), undefined);
  });

  it('copies known fields only, so prototype keys do nothing', () => {
    const params: unknown = JSON.parse(
      '{"mode":"ask","__proto__":{"model":"evil"},"constructor":{"x":1},"extra":true}',
    );
    const parsed = parseViewRequest({ id: 1, name: 'settings/update', params });
    assert.deepEqual(parsed, { id: 1, name: 'settings/update', params: { mode: 'ask' } });
    assert.equal(({} as Record<string, unknown>)['model'], undefined);
  });

  it('takes parts of the changes, each with its path, and nothing beside them', () => {
    const resolve = (target: object) =>
      problemOf({ id: 1, name: 'changes/resolve', params: { resolution: 'accept', target } });
    assert.equal(resolve({ parts: [{ path: 'a' }, { path: 'b', hunkIds: ['h'] }] }), undefined);
    assert.ok(resolve({ parts: [] }));
    assert.ok(resolve({ parts: [{ hunkIds: ['h'] }] }));
    assert.ok(resolve({ parts: [{ path: 'a', hunkIds: [] }] }));
    assert.ok(resolve({ path: 'a', parts: [{ path: 'a' }] }));
  });

  it('wants a path with a hunk', () => {
    const params = { resolution: 'accept', target: { hunkId: 'h' } };
    assert.ok(problemOf({ id: 1, name: 'changes/resolve', params }));
    const whole = { resolution: 'accept', target: {} };
    assert.equal(problemOf({ id: 1, name: 'changes/resolve', params: whole }), undefined);
  });
});
