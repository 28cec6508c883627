import type { CompactionItem } from '../../../src/protocol/items';
import { item, pageStates, said, started, threadOf, type PageState } from './states';

const turnId = 'turn-1';
const usage = {
  inputTokens: 182_400,
  cachedInputTokens: 170_000,
  outputTokens: 2100,
  reasoningOutputTokens: 800,
};

export const summary = `## Task
Upgrade the parser to the new grammar; **no** change of its public API.

## Verified
\`npm test\` passed after the last edit.`;

const compaction: CompactionItem = {
  id: 'compaction-1',
  type: 'compaction',
  status: 'completed',
  summary,
  tokensBefore: 182_400,
  tokensAfter: 21_300,
};

const opening = [
  ...started('Upgrade the parser', 'Move the parser to the new grammar'),
  item({
    id: 'user-1',
    type: 'userMessage',
    status: 'completed',
    input: { text: 'Move the parser to the new grammar', attachments: [] },
  }),
  said('say-1', 'commentary', 'The grammar is in place; now the callers.'),
  { type: 'step.completed', turnId, responseId: 'r1', usage, cost: 0.214 } as const,
];
const ending = [
  said('say-2', 'final', 'The parser reads the new grammar; its API is as it was.'),
  { type: 'turn.completed', turnId, usage } as const,
];

const { settings, threads } = pageStates.finished;

/** Threads whose earlier history was summarised, or is being summarised. */
export const compactedStates = {
  compacted: { settings, threads, thread: threadOf(...opening, item(compaction), ...ending) },
  compacting: {
    settings,
    threads,
    thread: threadOf(...opening, ...ending, {
      type: 'item.started',
      turnId,
      item: { ...compaction, status: 'inProgress', summary: '## Task\nUpgrade the' },
    }),
  },
  limited: {
    settings,
    threads,
    thread: threadOf(
      ...opening,
      {
        type: 'notice.raised',
        level: 'warning',
        text: 'The turn reached your limit of 180,000 tokens. The setting is limits.tokens.',
      },
      { type: 'turn.interrupted', turnId, by: 'limit' },
    ),
  },
} satisfies Record<string, PageState>;
