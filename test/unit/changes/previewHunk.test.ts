import assert from 'node:assert/strict';
import { deriveChange } from '../../../src/changes/hunks';
import { previewHunk } from '../../../src/changes/previewHunk';

function previews(path: string, before: string, after: string, whole = false) {
  const { hunks } = deriveChange(before, after, path);
  return hunks.map(({ id }) => previewHunk({ path, hunks }, id, { before, after }, whole)!);
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `${index}\n`);

describe('previewHunk', () => {
  it('gives up to three equal lines around a hunk, none of which another hunk has', () => {
    const before = numbered(12);
    const after = before.with(4, 'four\n').with(6, 'six\n');
    const [first, second] = previews('a.txt', before.join(''), after.join(''));
    assert.deepEqual(first, {
      ...{ before: ['1\n', '2\n', '3\n'], removed: ['4\n'] },
      ...{ added: ['four\n'], after: ['5\n'] },
    });
    assert.deepEqual(second?.before, ['5\n']);
    assert.deepEqual(second?.after, ['7\n', '8\n', '9\n']);
  });

  it('keeps line ends, so that a change of nothing else shows', () => {
    const [only] = previews('a.txt', 'a\r\nb', 'a\nb\n');
    assert.deepEqual(only?.removed, ['a\r\n', 'b']);
    assert.deepEqual(only?.added, ['a\n', 'b\n']);
  });

  it('cuts a long hunk, and a line without end, unless the whole is asked for', () => {
    const text = numbered(1000).join('');
    assert.equal(previews('a.txt', '', text)[0]?.added.length, 200);
    assert.equal(previews('a.txt', '', text, true)[0]?.added.length, 1000);
    const [line] = previews('a.txt', '', `${'x'.repeat(50_000)}\n`)[0]!.added;
    assert.match(line!, /^x{20000}… \(30,001 more characters\)\n$/);
  });
});

describe('previewHunk of a notebook', () => {
  const notebook = (source: readonly string[], outputs: readonly string[] = [], count = 1) =>
    `${JSON.stringify(
      {
        cells: [
          { cell_type: 'markdown', metadata: {}, source: ['# Title "quoted"'] },
          { cell_type: 'code', execution_count: count, metadata: {}, outputs, source },
        ],
        nbformat: 4,
      },
      null,
      1,
    )}\n`;

  it('tells the cell, and its source as it reads', () => {
    const before = notebook(['import math\n', 'print("a\\tb")']);
    const [only] = previews('n.ipynb', before, notebook(['import math\n', 'print("b")']));
    assert.deepEqual(only?.notebook, {
      cells: [
        {
          ...{ caption: 'Cell 2 (code)', kind: 'code', notes: [] },
          lines: [
            { kind: 'context', text: 'import math' },
            { kind: 'removed', text: 'print("a\\tb")' },
            { kind: 'added', text: 'print("b")' },
          ],
        },
      ],
    });
  });

  it('sums outputs up instead of showing them', () => {
    const before = notebook(['x'], ['one', 'two', 'three']);
    const [only] = previews('n.ipynb', before, notebook(['x'], ['one', '2', '3']));
    const [cell] = only!.notebook!.cells;
    assert.deepEqual([cell?.caption, cell?.lines], ['Cell 2 (code)', []]);
    assert.deepEqual(cell?.notes, ['Outputs: 4 lines of JSON changed']);
  });

  it('says where only metadata changed', () => {
    const [only] = previews('n.ipynb', notebook(['x'], [], 1), notebook(['x'], [], 2));
    assert.deepEqual(only?.notebook?.cells[0]?.notes, [
      'Metadata, ids or execution counts changed',
    ]);
  });

  it('shows each cell of a new notebook under its own caption', () => {
    const [only] = previews('n.ipynb', '', notebook(['x = 1']));
    assert.deepEqual(
      only?.notebook?.cells.map(({ caption, lines }) => [caption, lines.map(({ text }) => text)]),
      [
        ['Cell 1 (markdown), added', ['# Title "quoted"']],
        ['Cell 2 (code), added', ['x = 1']],
      ],
    );
  });

  it('leaves out what stayed far from the change, and says so', () => {
    const source = Array.from({ length: 30 }, (_, index) => `line ${index}\n`);
    const after = source.with(10, 'ten\n').with(20, 'twenty\n');
    const [only, ...others] = previews('n.ipynb', notebook(source), notebook(after));
    const lines = only?.notebook?.cells[0]?.lines.map(({ text }) => text);
    assert.deepEqual(others, []);
    assert.deepEqual(lines?.slice(0, 4), ['line 7', 'line 8', 'line 9', 'line 10']);
    assert.deepEqual(lines?.slice(5, 10), ['line 11', 'line 12', 'line 13', '⋯', 'line 17']);
  });

  it('reads a file that is no notebook as any other', () => {
    const [only] = previews('n.ipynb', '{"cells": [\n', '{"cells": [}\n');
    assert.equal(only?.notebook, undefined);
    assert.deepEqual(only?.added, ['{"cells": [}\n']);
  });
});
