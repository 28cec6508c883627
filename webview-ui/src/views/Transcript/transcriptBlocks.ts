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

/** A turn's blocks, and at which entry each of them begins. */
interface Grouped {
  readonly entries: readonly TranscriptEntry[];
  /** Without that of a review, which comes last whatever follows it. */
  readonly blocks: readonly TranscriptBlock[];
  readonly starts: readonly number[];
  readonly reviewAt: number;
}

const nothing: Grouped = { entries: [], blocks: [], starts: [], reviewAt: -1 };

/**
 * A grouping that remembers its last answer: blocks that did not change keep their identity, and of entries that only
 * change near their end only those are grouped anew.
 */
export function createGrouper() {
  let pending: ReadonlySet<string> | undefined;
  let grouped = nothing;
  let blocks: readonly TranscriptBlock[] = [];
  return (entries: readonly TranscriptEntry[], nextPending: ReadonlySet<string>) => {
    if (entries !== grouped.entries || nextPending !== pending) {
      const same = nextPending === pending ? commonStart(grouped.entries, entries) : 0;
      grouped = group(entries, (path) => nextPending.has(path), grouped, same);
      pending = nextPending;
      blocks = withReview(grouped);
    }
    return blocks;
  };
}

/** Groups a turn's entries for drawing. `isPending` tells whether a path waits for accept or reject. */
export function groupEntries(
  entries: readonly TranscriptEntry[],
  isPending: (path: string) => boolean,
): readonly TranscriptBlock[] {
  return withReview(group(entries, isPending, nothing, 0));
}

/** How many entries both begin with. */
function commonStart(a: readonly TranscriptEntry[], b: readonly TranscriptEntry[]): number {
  const length = Math.min(a.length, b.length);
  let same = 0;
  while (same < length && a[same] === b[same]) same++;
  return same;
}

/** It comes of what was read meanwhile, so it stands under all of that. */
function withReview({ entries, blocks, reviewAt }: Grouped): readonly TranscriptBlock[] {
  const review = entries[reviewAt];
  if (review?.type !== 'review') return blocks;
  return [...blocks, { kind: 'review', key: review.id, items: [review] }];
}

/**
 * @param same how many of the entries are those of `previous`; what stands in blocks that end before them is not looked
 * at again.
 */
function group(
  entries: readonly TranscriptEntry[],
  isPending: (path: string) => boolean,
  previous: Grouped,
  same: number,
): Grouped {
  // The block that holds the last of those may go on behind it.
  const kept = Math.max(
    0,
    previous.starts.findLastIndex((start) => start < same),
  );
  const from = previous.starts[kept] ?? 0;
  const blocks = same > 0 ? previous.blocks.slice(0, kept) : [];
  const starts = previous.starts.slice(0, blocks.length);
  let reviewAt = blocks.length > 0 && previous.reviewAt < from ? previous.reviewAt : -1;
  let work: WorkItem[] = [];
  let workAt = 0;

  function push(at: number, block: TranscriptBlock): void {
    const before = previous.blocks[blocks.length];
    blocks.push(before && isSameBlock(before, block) ? before : block);
    starts.push(at);
  }
  function endWork(): void {
    const [first] = work;
    if (first) push(workAt, { kind: 'work', key: first.id, items: work });
    work = [];
  }
  function addWork(at: number, item: WorkItem): void {
    if (work.length === 0) workAt = at;
    work.push(item);
  }

  for (let at = blocks.length > 0 ? from : 0; at < entries.length; at++) {
    const entry = entries[at] as TranscriptEntry;
    switch (entry.type) {
      case 'userMessage':
        endWork();
        push(at, { kind: 'user', key: entry.id, items: [entry] });
        break;
      case 'agentMessage':
        if (entry.text === '') break;
        endWork();
        push(at, { kind: 'agent', key: entry.id, items: [entry] });
        break;
      case 'question':
        endWork();
        push(at, { kind: 'question', key: entry.id, items: [entry] });
        break;
      case 'proposedPlan':
        endWork();
        push(at, { kind: 'plan', key: entry.id, items: [entry] });
        break;
      case 'compaction':
        endWork();
        push(at, { kind: 'compaction', key: entry.id, items: [entry] });
        break;
      case 'review':
        // That of a turn's own changes is told beside the changes.
        if (entry.status === 'completed' && entry.target.kind !== 'turn') reviewAt = at;
        break;
      case 'notice':
        endWork();
        push(at, { kind: 'notice', key: entry.id, items: [entry] });
        break;
      case 'fileChange':
        if (standsOpen(entry, isPending)) {
          endWork();
          push(at, { kind: 'change', key: entry.id, items: [entry] });
        } else addWork(at, entry);
        break;
      case 'reasoning':
        if (entry.text !== '' || entry.status === 'inProgress') addWork(at, entry);
        break;
      case 'commandExecution':
      case 'toolCall':
        addWork(at, entry);
    }
  }
  endWork();
  return { entries, blocks, starts, reviewAt };
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
