import type {
  AgentMessageItem,
  CommandExecutionItem,
  FileChangeItem,
  ReasoningItem,
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
  | { readonly kind: 'notice'; readonly key: string; readonly items: readonly [Notice] }
  /** A change of files that wait for accept or reject, so its diff stands open. */
  | { readonly kind: 'change'; readonly key: string; readonly items: readonly [FileChangeItem] }
  /** Neighbouring work: one folded line, and what still runs beneath it. */
  | { readonly kind: 'work'; readonly key: string; readonly items: readonly WorkItem[] };

/** A grouping that remembers its last answer, so that blocks that did not change keep their identity. */
export function createGrouper() {
  let entries: readonly TranscriptEntry[] | undefined;
  let pending: ReadonlySet<string> | undefined;
  let blocks: readonly TranscriptBlock[] = [];
  return (nextEntries: readonly TranscriptEntry[], nextPending: ReadonlySet<string>) => {
    if (nextEntries !== entries || nextPending !== pending) {
      blocks = groupEntries(nextEntries, (path) => nextPending.has(path), blocks);
      entries = nextEntries;
      pending = nextPending;
    }
    return blocks;
  };
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
  return blocks;
}

function standsOpen(item: FileChangeItem, isPending: (path: string) => boolean): boolean {
  return item.status === 'completed' && item.changes.some(({ path }) => isPending(path));
}

function isSameBlock(a: TranscriptBlock, b: TranscriptBlock): boolean {
  return (
    a.kind === b.kind &&
    a.items.length === b.items.length &&
    a.items.every((item, index) => item === b.items[index])
  );
}
