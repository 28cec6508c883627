import assert from 'node:assert/strict';
import { userMessage } from '../../../src/agent/userMessage';
import type { Attachment, TextSource } from '../../../src/protocol/input';

describe('userMessage', () => {
  it('puts a selection with its file and lines before the text', () => {
    const selection = {
      kind: 'selection',
      path: 'a.ts',
      startLine: 3,
      endLine: 4,
      text: 'x',
    } as const;
    assert.deepEqual(userMessage({ text: 'why?', attachments: [selection] }), {
      type: 'message',
      role: 'user',
      content: [
        {
          type: 'input_text',
          text: 'Attached: a.ts, lines 3 to 4, as they were when sent:\n```\nx\n```',
        },
        { type: 'input_text', text: 'why?' },
      ],
    });
  });

  it('fences text that holds fences so that it cannot end its fence', () => {
    const text = '````\nend\n````';
    const selection = { kind: 'selection', path: 'a.md', startLine: 1, endLine: 3, text } as const;
    assert.match(
      JSON.stringify(userMessage({ text: '', attachments: [selection] })),
      /`````\\n````/,
    );
  });

  const told = (attachment: Attachment) =>
    JSON.stringify(userMessage({ text: '', attachments: [attachment] }));

  it('says where attached text comes from', () => {
    const text = 'x';
    const from = (source: TextSource, name: string) => told({ kind: 'text', source, name, text });
    assert.match(from('folder', 'src'), /Attached: the folder src, .*:\\n```\\nx/);
    assert.match(from('problems', ''), /Attached: what the language servers reported/);
    assert.match(from('terminal', 'bash'), /Attached: output of the terminal bash.*asks nothing/);
    assert.match(from('diff', ''), /Attached: the changes .* not committed/);
    assert.match(from('paste', ''), /Attached: text that the person pasted/);
    assert.match(from('drop', 'a.log'), /Attached: the file a\.log from outside/);
  });

  it('tells of characters that nobody sees in what programs printed', () => {
    const hidden = { kind: 'text', name: 'bash', text: 'a\u200bb' } as const;
    assert.match(told({ ...hidden, source: 'terminal' }), /1 invisible character/);
    assert.doesNotMatch(told({ ...hidden, source: 'paste' }), /invisible/);
  });

  it('names the symbol that lines declare, and says where they are gone', () => {
    const lines = { kind: 'selection', path: 'a.ts', startLine: 3, endLine: 4, text: 'x' } as const;
    assert.match(told({ ...lines, symbol: 'slug' }), /the symbol slug in a\.ts, lines 3 to 4/);
    assert.match(told({ ...lines, gone: true }), /as they were when attached \(they are not there/);
  });
});
