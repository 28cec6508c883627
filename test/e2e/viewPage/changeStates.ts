import type { HunkPreview } from '../../../src/protocol/changePreview';
import type { ChangedFile, Hunk } from '../../../src/protocol/changes';
import { notesFile, slugFile } from './changedFiles';
import { said, settings, started, threadOf, type PageState } from './states';

const usage = {
  ...{ inputTokens: 1200, cachedInputTokens: 800 },
  ...{ outputTokens: 90, reasoningOutputTokens: 20 },
};

const patched = { turnId: 'turn-1', itemId: 'patch-1', label: 'patch', step: 2 };
const formatted = { turnId: 'turn-2', itemId: 'format-1', label: 'npm run format', step: 1 };
const generated = {
  ...{ turnId: 'turn-2', itemId: 'generate-1', step: 3 },
  label: 'cd tools && node generate.js --all',
};

function hunk(id: string, start: number, removed: string[], added: string[]): Hunk {
  const counts = { baseCount: removed.length, liveCount: added.length };
  return { id, baseStart: start, liveStart: start, ...counts, removed, added };
}

function file(path: string, hunks: readonly Hunk[], more: Partial<ChangedFile> = {}): ChangedFile {
  return {
    ...{ path, kind: 'update', binary: false, baseline: `${path} before`, live: `${path} now` },
    added: hunks.reduce((sum, { liveCount }) => sum + liveCount, 0),
    removed: hunks.reduce((sum, { baseCount }) => sum + baseCount, 0),
    hunks,
    origins: [patched],
    ...more,
  };
}

const cart = file(
  'src/cart.ts',
  [
    hunk('cart-1', 10, ['  const sum = items.length;'], ['  const sum = items.length + 1;']),
    hunk('cart-2', 30, ['\tif (ok) {'], ['  if (ok) {']),
    hunk('cart-3', 51, [], ['// made by tools', '// do not edit']),
  ],
  { origins: [patched, formatted, generated] },
);

const odd = file('src/odd.ts', [
  hunk(
    'odd-1',
    4,
    ['const isAdmin = false;', 'const text = "plain";'],
    ['const isAdmin = false;  ', `const text = "\u202eplain\u200b";`],
  ),
  hunk('odd-2', 40, [], [`const table = "${'0123456789'.repeat(80)}";`]),
]);

const notebook = file('analysis/prices.ipynb', [
  hunk('cell-1', 20, ['    "plot(a)"'], ['    "plot(a, b)"']),
]);

const moved = [
  file('src/old/money.ts', [hunk('gone', 0, ['export {};'], [])], {
    ...{ kind: 'delete', baseline: 'same', live: null },
  }),
  file('src/money.ts', [hunk('come', 0, [], ['export {};'])], {
    ...{ kind: 'add', baseline: null, live: 'same', origins: [formatted] },
  }),
];

/** Every kind of row: what people meet in a large change set, in two turns. */
export const rowFiles: readonly ChangedFile[] = [
  notebook,
  file('media/logo.png', [], { binary: true, kind: 'add', baseline: null }),
  notesFile,
  file('run.sh', [], {
    ...{ baseline: 'x', live: 'x', executable: { baseline: false, live: true } },
    origins: [formatted],
  }),
  cart,
  file('src/closed.ts', [hunk('closed-1', 3, ['a'], ['b'])], { viewOnly: { last: 'x' } }),
  file('src/gone.ts', [hunk('gone-1', 0, ['export const gone = 1;'], [])], {
    ...{ kind: 'delete', live: null },
  }),
  moved[1]!,
  file('src/new.ts', [hunk('new-1', 0, [], ['export const fresh = 1;'])], {
    ...{ kind: 'add', baseline: null, origins: [generated] },
  }),
  odd,
  moved[0]!,
];

const previews: Readonly<Record<string, HunkPreview>> = {
  'hunk-1': {
    before: ['/** Makes a part of an address. */\n', 'exports.slug = (s) => {\n'],
    removed: ["  return s.trim().replace(' ', '-');\n"],
    added: ["  return s.trim().replaceAll(' ', '-');\n"],
    after: ['};\n'],
  },
  'cart-1': {
    before: ['function total(items: Item[]) {\n'],
    removed: ['  const sum = items.length;\r\n'],
    added: ['  const sum = items.length + 1;\n'],
    after: ['  return sum;\n', '}\n'],
  },
  'odd-1': {
    before: ['const a = 1;\n'],
    removed: ['const isAdmin = false;\n', 'const text = "plain";\n'],
    added: ['const isAdmin = false;  \n', 'const text = "\u202eplain\u200b";'],
    after: [],
  },
  'cell-1': {
    ...{ before: [], removed: ['    "plot(a)"\n'], added: ['    "plot(a, b)"\n'], after: [] },
    notebook: {
      language: 'python',
      cells: [
        {
          ...{ caption: 'Cell 3 (code)', kind: 'code' },
          lines: [
            { kind: 'context', text: 'import matplotlib.pyplot as plt  # drawing' },
            { kind: 'removed', text: 'plot(a)' },
            { kind: 'added', text: 'plot(a, b)' },
          ],
          notes: ['Outputs: 12 lines of JSON changed'],
        },
      ],
    },
  },
};

export const changeAnswers: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    Object.entries(previews).map(([id, each]) => [`changes/preview ${id}`, each]),
  ),
  'changes/origins': {
    'src/cart.ts': { 'cart-1': ['patch-1'], 'cart-2': ['format-1'], 'cart-3': ['generate-1'] },
  },
};

/** A thread of two turns with these changes. */
export function changedState(
  files: readonly ChangedFile[],
  answers: Readonly<Record<string, unknown>> = {},
): PageState {
  const input = { text: 'Now format it all and generate the tables', attachments: [] };
  const turns = started('Round prices', 'Round prices to cents');
  const thread = threadOf(
    ...turns,
    said('say-1', 'final', 'Prices are rounded.'),
    { type: 'turn.completed', turnId: 'turn-1', usage },
    ...turns.flatMap((event) =>
      event.type === 'turn.started' ? [{ ...event, turnId: 'turn-2', input }] : [],
    ),
    {
      type: 'item.started',
      turnId: 'turn-2',
      item: { type: 'userMessage', id: 'user-2', status: 'completed', input },
    },
    { type: 'turn.completed', turnId: 'turn-2', usage },
    {
      type: 'changes.updated',
      changeSet: { files, notes: ['Not watched, over 5 MB: data/prices.csv.'] },
    },
  );
  return { settings, thread, threads: [], answers: { ...changeAnswers, ...answers } };
}

const seen = {
  ...{ 'src/cart.ts': ['cart-1', 'cart-2'], 'notes.md': ['hunk-2'] },
  ...{ 'src/slug.js': ['hunk-1'], 'media/logo.png': ['media/logo.png now'] },
};

/** Changes as a person reviews them. */
export const changeStates: Readonly<Record<string, PageState>> = {
  rows: changedState(rowFiles),
  seen: changedState(rowFiles, { 'changes/seen': seen }),
  reviewed: changedState([slugFile, cart, odd]),
};
