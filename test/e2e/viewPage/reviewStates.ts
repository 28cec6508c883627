import type { ReviewFinding } from '../../../src/protocol/review';
import { slugFile } from './changedFiles';
import { pageStates, started, threadOf, type PageState } from './states';

const { settings, threads } = pageStates.finished;
const turnId = 'turn-1';

export const findings: readonly ReviewFinding[] = [
  {
    id: 'f2',
    title: 'Escape the title before it is put into the page',
    body: 'A title with `<script>` runs in the page of whoever opens the shop.',
    severity: 'critical',
    confidence: 0.88,
    path: 'src/pages/productPageOfTheShop.ts',
    startLine: 40,
    endLine: 40,
  },
  {
    id: 'f1',
    title: 'Replace every space, not only the first',
    body: "`replace(' ', '-')` with a string stops after one match, so `a b c` becomes `a-b c`. Every title of three words gets a broken link.",
    severity: 'major',
    confidence: 0.93,
    path: 'src/text/slug.ts',
    startLine: 12,
    endLine: 14,
  },
  {
    id: 'f3',
    title: 'Close the file when reading throws',
    body: 'The handle leaks for each unreadable file.',
    severity: 'minor',
    confidence: 0.5,
    path: 'src/text/read.ts',
    startLine: 7,
    endLine: 9,
  },
];

const input = { text: 'Review the uncommitted changes.', attachments: [] };

function reviewed(...found: readonly ReviewFinding[]): PageState {
  const base = { type: 'review', id: 'review-1', target: { kind: 'uncommitted' } } as const;
  const user = { id: 'user-1', type: 'userMessage', status: 'completed', input } as const;
  const thread = threadOf(
    ...started('Review the uncommitted changes.', input.text),
    { type: 'item.started', turnId, item: user },
    {
      type: 'item.started',
      turnId,
      item: { ...base, status: 'inProgress', findings: [], explanation: '' },
    },
    {
      type: 'item.completed',
      turnId,
      item: {
        ...base,
        status: 'completed',
        findings: found,
        verdict: found.length > 0 ? 'faulty' : 'sound',
        explanation:
          found.length > 0
            ? 'Slugs of longer titles break, and a title can carry a script into the page.'
            : 'The change does what it says, for every title the tests know.',
        ...(found.length > 0 ? { leftOut: 1 } : {}),
      },
    },
    {
      type: 'turn.completed',
      turnId,
      usage: { inputTokens: 900, cachedInputTokens: 0, outputTokens: 90, reasoningOutputTokens: 0 },
    },
  );
  return { settings, threads, thread };
}

/** The same found beside the agent's own changes, without being asked. */
function ambient(): PageState {
  const { finished } = pageStates;
  const turn = finished.thread?.turns.at(-1);
  if (!finished.thread || !turn) throw new Error('The finished state has a turn.');
  const review = {
    type: 'review',
    id: 'review-1',
    status: 'completed',
    target: { kind: 'turn', turnId: turn.id },
    findings: [{ ...findings[1]!, path: slugFile.path }],
    verdict: 'faulty',
    explanation: 'Slugs of longer titles break.',
  } as const;
  const turns = finished.thread.turns.with(-1, { ...turn, entries: [...turn.entries, review] });
  return { ...finished, thread: { ...finished.thread, turns } };
}

/** Threads whose changes were reviewed. */
export const reviewStates = {
  reviewed: reviewed(...findings),
  reviewedSound: reviewed(),
  reviewedByItself: ambient(),
} satisfies Record<string, PageState>;
