import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deriveChange } from '../../../src/changes/hunks';
import { acceptHunks, applyLineEdits, rejectHunks } from '../../../src/changes/resolveHunk';
import { cellWords } from '../../../src/protocol/changes';

interface Cell {
  readonly id?: string;
  readonly kind?: 'code' | 'markdown';
  readonly source: string;
  readonly outputs?: readonly string[];
}

function notebook(cells: readonly Cell[], indent = 1, metadata: object = {}): string {
  const lines = (text: string) => text.split(/(?<=\n)/).filter((line) => line !== '');
  const written = cells.map(({ id, kind = 'code', source, outputs = [] }) => ({
    ...{ cell_type: kind, ...(id !== undefined && { id }), metadata: {} },
    ...(kind === 'code' && {
      ...{ execution_count: null },
      outputs: outputs.map((text) => ({ output_type: 'stream', text: lines(text) })),
    }),
    source: lines(source),
  }));
  return `${JSON.stringify({ cells: written, metadata, nbformat: 4 }, null, indent)}\n`;
}

const hunksOf = (before: string, after: string) =>
  deriveChange(before, after, 'analysis/n.ipynb').hunks;

const wordsOf = (before: readonly Cell[], after: readonly Cell[]) =>
  hunksOf(notebook(before), notebook(after)).map(({ cell }) => cell && cellWords(cell));

const sources = (text: string) =>
  (JSON.parse(text) as { cells: { source: string[] }[] }).cells.map(({ source }) =>
    source.join(''),
  );

const [a, b, c]: readonly [Cell, Cell, Cell] = [
  { id: 'a', source: 'import math\nx = 1' },
  { id: 'b', kind: 'markdown', source: '# Title' },
  { id: 'c', source: 'print(x)' },
];

describe('hunks of a notebook', () => {
  it('are one for each cell, and one for what stands around the cells', () => {
    const after = [
      { ...a, source: 'import cmath\nx = 1\ny = 2' },
      { ...b, source: '# Other' },
      { ...c, outputs: ['1\n2\n'] },
    ];
    const hunks = hunksOf(notebook([a, b, c]), notebook(after, 1, { kernel: 'k' }));
    assert.deepEqual(
      hunks.map(({ cell }) => cell && [cellWords(cell), cell.added, cell.removed]),
      [
        ['Cell 1 (code)', 2, 1],
        ['Cell 2 (markdown)', 1, 1],
        ['Cell 3 (code)', 0, 0],
        ['Notebook metadata', 0, 0],
      ],
    );
    assert.ok(!hunks[2]?.added.some((line) => line.includes('1\\n')), 'no outputs as text');
  });

  const cases: readonly [string, readonly Cell[], readonly Cell[], readonly string[]][] = [
    ['a cell added at the end', [a], [a, c], ['Cell 2 (code), added']],
    ['a cell added at the start', [a], [c, a], ['Cell 1 (code), added']],
    [
      'two cells added between',
      [a, b],
      [a, c, { id: 'd', source: '1' }, b],
      ['Cell 2 (code), added', 'Cell 3 (code), added'],
    ],
    ['the first cell removed', [a, b], [b], ['Cell 1 (code), removed']],
    ['the last cell removed', [a, b], [a], ['Cell 2 (markdown), removed']],
    [
      'a cell moved',
      [a, b, c],
      [c, a, b],
      ['Cell 1 (code), moved from 3', 'Cell 3 (code), moved to 1'],
    ],
    ['all cells replaced', [a], [{ id: 'z', source: 'other' }], ['Cell 1 (code)']],
    [
      'an edited cell after an added one, without ids',
      [{ source: 'one\ntwo\nthree' }],
      [{ source: 'new' }, { source: 'one\n2\nthree' }],
      ['Cell 1 (code), added', 'Cell 2 (code)'],
    ],
    ['a cell of another kind', [a], [{ ...a, kind: 'markdown' }], ['Cell 1 (markdown)']],
  ];
  for (const [what, before, after, expected] of cases) {
    it(`tell ${what}`, () => assert.deepEqual(wordsOf(before, after), expected));
  }

  it('keep their names when another cell is settled', () => {
    const [before, after] = [
      notebook([a, b]),
      notebook([c, { ...a, source: 'x' }, { ...b, source: 'y' }]),
    ];
    const hunks = hunksOf(before, after);
    assert.equal(hunks.length, 3);
    const accepted = applyLineEdits(before, acceptHunks(after, hunks.slice(1, 2)));
    const left = hunksOf(accepted, after).map(({ id }) => id);
    assert.deepEqual(left, [hunks[0]?.id, hunks[2]?.id]);
  });

  it('never span cells when the whole file was written with another indent', () => {
    const after = notebook([a, { ...b, source: '# Other' }, c], 4);
    const hunks = hunksOf(notebook([a, b, c]), after);
    const cells = hunks.flatMap(({ cell }) => cell?.live ?? []);
    assert.deepEqual(cells, [1, 2, 3]);
  });

  it('are those of any text where the file is laid out in another way', () => {
    const [before, after] = [a, { ...a, source: 'x' }].map((cell) => notebook([cell], 0));
    const [only, ...others] = hunksOf(before ?? '', after ?? '');
    assert.deepEqual([only?.cell, others], [undefined, []]);
  });

  const anyCell = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    kind: fc.constantFrom('code' as const, 'markdown' as const),
    source: fc.constantFrom('', 'x', 'x\ny', 'x\ny\nz', 'z'),
    outputs: fc.constantFrom([], ['1\n']),
  });
  const anyCells = fc
    .tuple(fc.uniqueArray(anyCell, { selector: ({ id }) => id, minLength: 1 }), fc.boolean())
    .map(([cells, named]) => (named ? cells : cells.map(({ id: _id, ...cell }) => cell)));
  const anyNotebook = fc
    .tuple(anyCells, fc.constantFrom(1, 2), fc.constantFrom({}, { k: 1 }))
    .map((parts) => notebook(...parts));

  it('leave a notebook behind whichever of them are accepted or rejected', () => {
    fc.assert(
      fc.property(anyNotebook, anyNotebook, fc.array(fc.boolean()), (before, after, choices) => {
        const hunks = hunksOf(before, after);
        assert.equal(applyLineEdits(before, acceptHunks(after, hunks)), after);
        assert.equal(applyLineEdits(after, rejectHunks(before, hunks)), before);
        const chosen = hunks.filter((_, index) => choices[index]);
        const others = hunks.filter((_, index) => !choices[index]);
        const accepted = applyLineEdits(before, acceptHunks(after, chosen));
        assert.equal(applyLineEdits(after, rejectHunks(before, others)), accepted);
        const [all, past, now] = [sources(accepted), sources(before), sources(after)];
        const gone = chosen.filter(({ cell }) => cell?.change === 'removed').length;
        const come = chosen.filter(({ cell }) => cell?.change === 'added').length;
        assert.equal(all.length, past.length - gone + come);
        assert.ok(all.every((source) => past.includes(source) || now.includes(source)));
      }),
      { numRuns: 1000 },
    );
  });
});
