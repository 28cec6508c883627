import assert from 'node:assert/strict';
import {
  commandProblem,
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

  it('starts a thread with the words behind it, and what is attached', async () => {
    const input = { text: 'fix it', attachments: [] };
    const expected = [
      ['thread/start', {}],
      ['turn/start', { input }],
    ];
    assert.deepEqual(await ask('/new fix it'), expected);
    assert.deepEqual(await ask('/new fix it', true), expected);
    const attachments = [{ kind: 'file', path: 'a.ts' }] as const;
    const command = typedCommand({ text: '/new fix it', attachments });
    assert.ok(command && !command.isLocal);
  });

  it('starts a thread, and shows the status without asking anybody', async () => {
    assert.deepEqual(await ask('/new'), [['thread/start', {}]]);
    assert.deepEqual(await ask('/status'), ['status']);
  });
});

describe('commandProblem', () => {
  const problemOf = (text: string) => commandProblem({ text, attachments: [] });

  it('names the commands there are to a single word that is none of them', () => {
    const known = '/agent, /plan, /ask, /compact, /init, /review, /new, /status';
    for (const text of ['/hepl', '/reviewer', ' /Compact ']) {
      const words = `There is no command ${text.trim()}. These are known: ${known}`;
      assert.equal(problemOf(text), words);
    }
  });

  it('says of a command alone that it takes no words', () => {
    assert.equal(problemOf('/compact now'), '/compact is a command that takes no words.');
    assert.equal(problemOf('/status\nplease'), '/status is a command that takes no words.');
  });

  it('has nothing against messages and known commands', () => {
    const texts = ['/compact', '/new', '/new fix it', '/review the tests', '/etc/hosts is odd'];
    for (const text of [...texts, '/no command', 'a /hepl', '/', '', '/usr/bin']) {
      assert.equal(problemOf(text), undefined, text);
    }
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
