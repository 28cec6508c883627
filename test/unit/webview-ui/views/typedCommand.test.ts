import assert from 'node:assert/strict';
import {
  reviewWish,
  typedCommand,
  type CommandTools,
} from '../../../../webview-ui/src/views/Composer/typedCommand';

describe('typedCommand', () => {
  const isCommand = (text: string) => typedCommand({ text, attachments: [] }) !== undefined;

  it('knows commands by their whole first word', () => {
    assert.deepEqual(
      ['/compact', ' /review ', '/review base main', '/reviewer', '/compact now', 'a /review'].map(
        isCommand,
      ),
      [true, true, true, false, false, false],
    );
  });

  it('takes no attachments, but for what goes on in another mode', () => {
    const attachments = [{ kind: 'file', path: 'a.ts' }] as const;
    for (const text of ['/review', '/new', '/status', '/init', '/compact']) {
      assert.equal(typedCommand({ text, attachments }), undefined, text);
    }
    assert.equal(typedCommand({ text: '/plan', attachments })?.keepsAttachments, true);
    assert.ok(typedCommand({ text: '/plan it', attachments }));
  });

  const ask = async (text: string, running = false) => {
    const asked: unknown[] = [];
    const connection = {
      request: async (name: string, params: unknown) => void asked.push([name, params]),
      on: () => undefined,
    } as unknown as CommandTools['connection'];
    const showStatus = () => void asked.push('status');
    await typedCommand({ text, attachments: [] })?.run({ connection, running, showStatus });
    return asked;
  };

  it('switches the mode first, and sends the words behind it in that mode', async () => {
    const input = { text: 'cache it', attachments: [] };
    assert.deepEqual(await ask('/plan'), [['settings/update', { mode: 'plan' }]]);
    assert.deepEqual(await ask('/plan cache it'), [
      ['settings/update', { mode: 'plan' }],
      ['turn/start', { input }],
    ]);
    assert.deepEqual((await ask('/ask cache it', true)).at(-1), ['turn/queue', { input }]);
  });

  it('has AGENTS.md written in the mode that may write', async () => {
    assert.deepEqual(await ask('/init mind the tests'), [
      ['settings/update', { mode: 'agent' }],
      ['instructions/write', { words: 'mind the tests' }],
    ]);
  });

  it('starts a thread, and shows the status without asking anybody', async () => {
    assert.deepEqual(await ask('/new'), [['thread/start', {}]]);
    assert.deepEqual(await ask('/status'), ['status']);
  });
});

describe('reviewWish', () => {
  it('reads the target and what to look at', () => {
    assert.deepEqual(
      [
        '',
        'uncommitted',
        'base main',
        'base main look at\nthe tests',
        'commit abc',
        'commit',
        'the tests',
      ].map(reviewWish),
      [
        { instruction: '' },
        { target: { kind: 'uncommitted' }, instruction: '' },
        { target: { kind: 'base', ref: 'main' }, instruction: '' },
        { target: { kind: 'base', ref: 'main' }, instruction: 'look at\nthe tests' },
        { target: { kind: 'commit', sha: 'abc' }, instruction: '' },
        { choose: 'commit', instruction: '' },
        { target: { kind: 'uncommitted' }, instruction: 'the tests' },
      ],
    );
  });
});
