import assert from 'node:assert/strict';
import { reviewWish, typedCommand } from '../../../../webview-ui/src/views/Composer/typedCommand';

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

  it('takes no attachments', () => {
    const attachments = [{ kind: 'file', path: 'a.ts' }] as const;
    assert.equal(typedCommand({ text: '/review', attachments }), undefined);
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
