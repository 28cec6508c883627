import assert from 'node:assert/strict';
import { userMessage } from '../../../src/agent/userMessage';

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
});
