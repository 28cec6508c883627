import type { ChangedFile } from '../../../src/protocol/changes';
import { changedState } from './changeStates';
import { said, settings, started, threadOf, type PageState } from './states';

const removed = [
  'const query = `select name',
  '  from items where id = 7`;',
  'if (old) return null; // was 12',
];
const added = [
  'const query = `select name, price',
  '  from items where id = ${id}`;',
  '/* rounds to cents',
  '   if a price has more */',
  'if (price > 12.5) return new Price("c", price);  ',
];

const codeFile: ChangedFile = {
  ...{ path: 'src/prices.ts', kind: 'update', binary: false, baseline: 'a', live: 'b' },
  ...{ added: added.length, removed: removed.length },
  hunks: [
    {
      ...{ id: 'code-1', baseStart: 12, liveStart: 12, removed, added },
      ...{ baseCount: removed.length, liveCount: added.length },
    },
  ],
  origins: [{ turnId: 'turn-1', itemId: 'patch-1', label: 'patch' }],
};

const ended = (lines: readonly string[]) => lines.map((line) => `${line}\n`);

const preview = {
  before: ended([' * Finds a price, or null.', ' */', 'async function find(id: number) {']),
  ...{ removed: ended(removed), added: ended(added) },
  after: ended(['  return fetchAll(query, { limit: 20, from: "items" });', '}']),
};

const answer = `The price is read once.

\`\`\`tsx
/* Shows a price,
   rounded. */
export function Price({ cents = 0 }: Props) {
  return <b title="cents">{format(cents / 100)}</b>;
}
\`\`\`

\`\`\`python
def price(cents: int) -> str:
    """In units,
    if there are any."""
    return f"{cents / 100:.2f}"  # two digits
\`\`\`

\`\`\`diff
-const a = 1;
+const a = 2;
\`\`\`

\`\`\`
const plain = "no language";
\`\`\`
`;

/** Code in a diff, the same before the diff is there, and code in an answer. */
export const codeStates = {
  diff: changedState([codeFile], { 'changes/preview code-1': preview }),
  unchanged: changedState([], { 'changes/preview code-1': preview }),
  answer: {
    ...{ settings, threads: [] },
    thread: threadOf(
      ...started('Show the price', 'Show the price'),
      said('say-1', 'final', answer),
    ),
  },
} satisfies Readonly<Record<string, PageState>>;
