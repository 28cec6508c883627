import assert from 'node:assert/strict';
import { hasModestSize } from '../../../src/extension/messageSize';
import { parseViewRequest } from '../../../src/extension/viewRequestParsers';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = { value };
  return value;
}

describe('messages of the view', () => {
  it('are of modest size where a person sent them', () => {
    const image = `data:image/png;base64,${'a'.repeat(10_000_000)}`;
    const attachments = [1, 2, 3].map((each) => ({
      kind: 'image',
      name: `${each}`,
      dataUrl: image,
    }));
    for (const message of [
      {
        id: 1,
        name: 'turn/start',
        params: { input: { text: 'x'.repeat(1_000_000), attachments } },
      },
      {
        id: 1,
        name: 'changes/resolve',
        params: { parts: Array.from({ length: 10_000 }, () => ({ path: 'a' })) },
      },
      null,
      undefined,
      1,
      'x',
    ]) {
      assert.equal(hasModestSize(message), true);
    }
  });

  const hostile: readonly (readonly [string, () => unknown])[] = [
    [
      '50 MB of text',
      () => ({ id: 1, name: 'turn/start', params: { text: 'x'.repeat(50_000_000) } }),
    ],
    ['50 MB in many pieces', () => Array.from({ length: 50 }, () => 'x'.repeat(1_000_000))],
    ['50 MB in a key', () => ({ ['x'.repeat(50_000_000)]: 1 })],
    ['a million entries', () => Array.from({ length: 1_000_000 }, () => 0)],
    [
      'a million keys',
      () => Object.fromEntries(Array.from({ length: 300_000 }, (_, at) => [at, 0])),
    ],
    ['nesting without end', () => nested(100_000)],
    ['bytes', () => ({ id: 1, name: 'view/ready', params: new Uint8Array(10) })],
    ['a buffer', () => ({ id: 1, name: 'view/ready', params: new ArrayBuffer(10) })],
    [
      'itself',
      () => {
        const value: Record<string, unknown> = {};
        value['self'] = value;
        return value;
      },
    ],
  ];
  for (const [what, make] of hostile) {
    it(`F01 are ignored where they hold ${what}`, () => assert.equal(hasModestSize(make()), false));
  }

  const notOurs: readonly unknown[] = [
    { type: 'approve', id: 'a-1' },
    { id: 1, name: 'approve', params: {} },
    { id: 1, name: '__proto__', params: {} },
    { id: 1, name: 'constructor', params: {} },
    { id: 1, name: 'toString' },
    { id: '1', name: 'turn/interrupt' },
    { id: 1.5, name: 'turn/interrupt' },
    { name: 'turn/interrupt' },
    [1, 'turn/interrupt', {}],
    'turn/interrupt',
  ];
  for (const message of notOurs) {
    it(`F01 are ignored where they are ${JSON.stringify(message)}`, () => {
      assert.equal(parseViewRequest(message), undefined);
    });
  }

  it('F01 bring no keys of prototypes along', () => {
    const params: unknown = JSON.parse(
      '{"approvalId":"a","decision":"approve","shown":"","__proto__":{"x":1},"by":"user","constructor":1}',
    );
    const parsed = parseViewRequest({ id: 1, name: 'approval/resolve', params });
    assert.ok(parsed && 'params' in parsed);
    assert.deepEqual(Object.keys(parsed.params), ['approvalId', 'decision', 'shown']);
    const answers: unknown = JSON.parse('{"__proto__":"x","q":"a"}');
    const answered = parseViewRequest({
      id: 1,
      name: 'question/answer',
      params: { itemId: 'i', answers },
    });
    assert.ok(answered && 'params' in answered && answered.name === 'question/answer');
    assert.deepEqual(Object.keys(answered.params.answers), ['q']);
    assert.equal(({} as Record<string, unknown>)['x'], undefined);
  });

  it('F01 approve nothing without what was shown', () => {
    const params = { approvalId: 'a', decision: 'approve' };
    const parsed = parseViewRequest({ id: 1, name: 'approval/resolve', params });
    assert.ok(parsed && 'problem' in parsed);
  });
});
