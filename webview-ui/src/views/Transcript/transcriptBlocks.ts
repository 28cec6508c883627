import type {
  AgentMessageItem,
  CommandExecutionItem,
  CompactionItem,
  FileChangeItem,
  ProposedPlanItem,
  QuestionItem,
  ReasoningItem,
  ReviewItem,
  ToolCallItem,
  UserMessageItem,
} from '../../../../src/protocol/items';
import type { Notice, TranscriptEntry } from '../../../../src/protocol/threadState';

/** What is folded away under a preamble. */
export type WorkItem = CommandExecutionItem | ToolCallItem | ReasoningItem | FileChangeItem;

/** A part of a turn that is drawn as one. */
export type TranscriptBlock =
  | { readonly kind: 'user'; readonly key: string; readonly items: readonly [UserMessageItem] }
  | { readonly kind: 'agent'; readonly key: string; readonly items: readonly [AgentMessageItem] }
  | { readonly kind: 'question'; readonly key: string; readonly items: readonly [QuestionItem] }
  | { readonly kind: 'plan'; readonly key: string; readonly items: readonly [ProposedPlanItem] }
  | { readonly kind: 'compaction'; readonly key: string; readonly items: readonly [CompactionItem] }
  | { readonly kind: 'review'; readonly key: string; readonly items: readonly [ReviewItem] }
  | { readonly kind: 'notice'; readonly key: string; readonly items: readonly [Notice] }
  /** A change of files that wait for accept or reject, drawn as a diff that stands open. */
  | { readonly kind: 'change'; readonly key: string; readonly items: readonly [FileChangeItem] }
  /** Neighbouring work: one folded line, and what still runs beneath it. */
  | { readonly kind: 'work'; readonly key: string; readonly items: readonly WorkItem[] };

/** Blocks drawn as one part of a long turn, so that a change in one part leaves the others alone. */
const chunkSize = 32;

/** A grouping that remembers its last answer, so that chunks and blocks that did not change keep their identity. */
export function createGrouper() {
  let entries: readonly TranscriptEntry[] | undefined;
  let pending: ReadonlySet<string> | undefined;
  let blocks: readonly TranscriptBlock[] = [];
  let chunks: readonly (readonly TranscriptBlock[])[] = [];
  return (nextEntries: readonly TranscriptEntry[], nextPending: ReadonlySet<string>) => {
    if (nextEntries !== entries || nextPending !== pending) {
      blocks = groupEntries(nextEntries, (path) => nextPending.has(path), blocks);
      chunks = cutIntoChunks(blocks, chunks);
      entries = nextEntries;
      pending = nextPending;
    }
    return chunks;
  };
}

function cutIntoChunks(
  blocks: readonly TranscriptBlock[],
  previous: readonly (readonly TranscriptBlock[])[],
): readonly (readonly TranscriptBlock[])[] {
  const count = Math.ceil(blocks.length / chunkSize);
  return Array.from({ length: count }, (_, index) => {
    const chunk = blocks.slice(index * chunkSize, (index + 1) * chunkSize);
    const before = previous[index];
    return before && isSameList(before, chunk) ? before : chunk;
  });
}

/**
 * Groups a turn's entries for drawing. `isPending` tells whether a path waits for accept or reject.
 * Blocks equal to one of `previous` are handed back as they were, so that they need no drawing anew.
 */
export function groupEntries(
  entries: readonly TranscriptEntry[],
  isPending: (path: string) => boolean,
  previous: readonly TranscriptBlock[] = [],
): readonly TranscriptBlock[] {
  const blocks: TranscriptBlock[] = [];
  let work: WorkItem[] = [];
  let review: ReviewItem | undefined;

  function push(block: TranscriptBlock): void {
    const before = previous[blocks.length];
    blocks.push(before && isSameBlock(before, block) ? before : block);
  }
  function endWork(): void {
    const [first] = work;
    if (first) push({ kind: 'work', key: first.id, items: work });
    work = [];
  }

  for (const entry of entries) {
    switch (entry.type) {
      case 'userMessage':
        endWork();
        push({ kind: 'user', key: entry.id, items: [entry] });
        break;
      case 'agentMessage':
        if (entry.text === '') break;
        endWork();
        push({ kind: 'agent', key: entry.id, items: [entry] });
        break;
      case 'question':
        endWork();
        push({ kind: 'question', key: entry.id, items: [entry] });
        break;
      case 'proposedPlan':
        endWork();
        push({ kind: 'plan', key: entry.id, items: [entry] });
        break;
      case 'compaction':
        endWork();
        push({ kind: 'compaction', key: entry.id, items: [entry] });
        break;
      case 'review':
        // It comes of what was read meanwhile. That of a turn's own changes is told beside the changes.
        if (entry.status === 'completed' && entry.target.kind !== 'turn') review = entry;
        break;
      case 'notice':
        endWork();
        push({ kind: 'notice', key: entry.id, items: [entry] });
        break;
      case 'fileChange':
        if (standsOpen(entry, isPending)) {
          endWork();
          push({ kind: 'change', key: entry.id, items: [entry] });
        } else work.push(entry);
        break;
      case 'reasoning':
        if (entry.text !== '' || entry.status === 'inProgress') work.push(entry);
        break;
      case 'commandExecution':
      case 'toolCall':
        work.push(entry);
    }
  }
  endWork();
  if (review) push({ kind: 'review', key: review.id, items: [review] });
  return blocks;
}

function standsOpen(item: FileChangeItem, isPending: (path: string) => boolean): boolean {
  return item.status === 'completed' && item.changes.some(({ path }) => isPending(path));
}

function isSameBlock(a: TranscriptBlock, b: TranscriptBlock): boolean {
  return a.kind === b.kind && isSameList<unknown>(a.items, b.items);
}

function isSameList<Element>(a: readonly Element[], b: readonly Element[]): boolean {
  return a.length === b.length && a.every((element, index) => element === b[index]);
}
