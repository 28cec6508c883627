import assert from 'node:assert/strict';
import type { CellPreview } from '../../../../src/protocol/changePreview';
import { highlightCode } from '../../../../webview-ui/src/components/highlightCode';
import { notebookDiffLines } from '../../../../webview-ui/src/views/Changes/notebookDiffLines';

const highlights = {
  code: (lines: readonly string[]) => highlightCode(lines, 'python'),
  markdown: (lines: readonly string[]) => highlightCode(lines, 'markdown'),
};

/** Each line with its kind, changed words in brackets, what has a scope in angle brackets. */
function drawn(...cells: CellPreview[]): string[] {
  const signs = { added: '+', removed: '-', context: ' ', gap: '~', caption: '#' };
  return notebookDiffLines({ cells }, highlights).map(
    ({ kind, pieces }) =>
      signs[kind] +
      pieces
        .map(({ text, changed, scope }) => {
          const coloured = scope ? `<${text}>` : text;
          return changed ? `[${coloured}]` : coloured;
        })
        .join(''),
  );
}

describe('notebookDiffLines', () => {
  it('shows the source of a cell with its colours and changed words, not its JSON', () => {
    const cell: CellPreview = {
      ...{ caption: 'Cell 1 (code)', kind: 'code' },
      lines: [
        { kind: 'context', text: 'import y' },
        { kind: 'removed', text: 'x = 1' },
        { kind: 'added', text: 'x = 2' },
      ],
      notes: ['Outputs: 3 lines of JSON changed'],
    };
    assert.deepEqual(drawn(cell), [
      '#Cell 1 (code)',
      ' <import> y',
      '-x = [<1>]',
      '+x = [<2>]',
      '~Outputs: 3 lines of JSON changed',
    ]);
  });

  it('keeps several changes of a cell in their order, and cells apart', () => {
    const cell = (number: number): CellPreview => ({
      ...{ caption: `Cell ${number} (markdown), added`, kind: 'markdown', notes: [] },
      lines: [
        { kind: 'added', text: 'one' },
        { kind: 'context', text: 'two' },
        { kind: 'gap', text: '⋯' },
        { kind: 'removed', text: 'three' },
      ],
    });
    const lines = ['+one', ' two', '~⋯', '-three'];
    assert.deepEqual(drawn(cell(1), cell(2)), [
      ...['#Cell 1 (markdown), added', ...lines],
      ...['#Cell 2 (markdown), added', ...lines],
    ]);
  });
});
