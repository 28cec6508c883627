import * as l10n from '@vscode/l10n';
import { emptyChangeSet, updateChanges } from './changes';
import type { ThreadEvent } from './events';
import type { Item } from './items';
import type { ModelItem } from './modelItem';

/** What stays as it was stored; both count from the newest event back. */
const whole = {
  /** The last steps, with everything since: what is not told to the model yet lies there. */
  steps: 3,
  /** Characters of output and diffs of items; the newest are whole, older ones are cut. */
  characters: 4_000_000,
};

type HistoryAppended = ThreadEvent & { readonly type: 'history.appended' };
type ChangesUpdated = ThreadEvent & { readonly type: 'changes.updated' };

/** Characters that stay of a message that told the model something, enough to know what kind it was. */
const beginningCharacters = 200;

/** Characters that stay of an older item's output. */
const keptCharacters = 1000;

/**
 * The events a thread goes on from: folding them gives the same state, history and notes as folding all of them, but
 * what was replaced since (change sets, plans, the history before a compaction, settled questions) is left out, and
 * long outputs of old items are cut. Meant for the host alone: a fork or an export needs all events.
 * @param events from the thread's first on; those of an earlier condensing, followed by later ones, will do.
 */
export function condenseEvents(events: readonly ThreadEvent[]): ThreadEvent[] {
  const recentStart = startOfRecent(events);
  const completed = new Set<string>();
  const settled = new Set<string>();
  const comments = new Set<string>();
  const later = new Set<ThreadEvent['type']>();
  let hasChanges = false;
  let characters = 0;
  const kept: ThreadEvent[] = [];
  // From the newest back, so that it is known what came later.
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index] as ThreadEvent;
    const condensed = index < recentStart ? condenseOne(event, index) : event;
    if (condensed) kept.push(condensed);
    if (event.type === 'item.completed') completed.add(event.item.id);
    later.add(event.type);
  }
  return kept.reverse();

  /** Undefined where later events say all that this one says. */
  function condenseOne(event: ThreadEvent, index: number): ThreadEvent | undefined {
    switch (event.type) {
      case 'thread.renamed':
      case 'thread.archived':
      case 'input.waiting':
      case 'plan.updated':
        return later.has(event.type) ? undefined : event;
      case 'changes.updated': {
        // The last one also where newer ones stay: what changed between them is what the model is told.
        const isLast = !hasChanges;
        hasChanges = true;
        return isLast ? wholeUpdate(event, events.slice(0, index)) : undefined;
      }
      case 'hunk.resolved':
        // What was accepted can still be committed.
        return hasChanges && !event.accepted ? undefined : event;
      case 'comment.written': {
        // Newest first: the last words before it was told say all.
        const isLast = !comments.has(event.comment.id);
        comments.add(event.comment.id);
        return isLast ? event : undefined;
      }
      case 'step.started':
      case 'step.retried':
        return later.has('step.started') ? undefined : event;
      case 'history.appended':
        return later.has('history.compacted') ? beginnings(event) : event;
      case 'history.compacted':
        if (!later.has(event.type)) return event;
        // The summary in the transcript keeps the person's words.
        return event.edited ? { ...event, replacement: [] } : undefined;
      case 'decision.made':
      case 'host.contacted':
        // For the record, which is read from all events.
        return undefined;
      case 'approval.resolved':
        settled.add(event.approvalId);
        return undefined;
      case 'approval.requested':
        return settled.has(event.approval.id) ? undefined : event;
      case 'item.started':
        return completed.has(event.item.id) ? { ...event, item: cutItem(event.item) } : event;
      case 'item.completed':
        if (event.item.type === 'userMessage') {
          for (const { id } of event.item.input.comments ?? []) comments.delete(id);
        }
        characters += longText(event.item);
        return characters > whole.characters ? { ...event, item: cutItem(event.item) } : event;
      default:
        return event;
    }
  }
}

/** An update that needs none of those before it. */
function wholeUpdate(event: ChangesUpdated, before: readonly ThreadEvent[]): ThreadEvent {
  if (!event.gone) return event;
  let changeSet = emptyChangeSet;
  for (const earlier of before) {
    if (earlier.type === 'changes.updated') changeSet = updateChanges(changeSet, earlier);
  }
  const { gone: _gone, ...rest } = event;
  return { ...rest, changeSet: updateChanges(changeSet, event) };
}

/**
 * What the host itself told the model begins with a tag; its beginning stays, since whoever collects what to tell next
 * begins anew there. The model never sees these again.
 */
function beginnings(event: HistoryAppended): ThreadEvent | undefined {
  const items = event.items.flatMap((item): ModelItem[] => {
    if (item.type !== 'message' || item.role !== 'user' || !Array.isArray(item.content)) return [];
    const [first] = item.content;
    if (first?.type !== 'input_text' || !first.text.startsWith('<')) return [];
    return [{ ...item, content: [{ ...first, text: first.text.slice(0, beginningCharacters) }] }];
  });
  return items.length > 0 ? { ...event, items } : undefined;
}

/** Index of the oldest event that stays as it is. */
function startOfRecent(events: readonly ThreadEvent[]): number {
  let steps = 0;
  for (let index = events.length - 1; index >= 0; index--) {
    if (events[index]?.type === 'step.started') steps += 1;
    if (steps === whole.steps) return index;
  }
  return 0;
}

/** Characters of what `cutItem` may cut. */
function longText(item: Item): number {
  switch (item.type) {
    case 'commandExecution':
    case 'toolCall':
      return item.output.length;
    case 'fileChange':
      return item.changes.reduce((sum, { diff }) => sum + diff.length, 0);
    default:
      return 0;
  }
}

function cutItem(item: Item): Item {
  switch (item.type) {
    case 'commandExecution':
    case 'toolCall':
      return { ...item, output: cutText(item.output) };
    case 'fileChange':
      return { ...item, changes: item.changes.map(withoutLongDiff) };
    default:
      return item;
  }
}

function cutText(text: string): string {
  const left = text.length - keptCharacters;
  // The sentence in the middle takes room, too; and a text that was cut is not cut again.
  if (left <= keptCharacters) return text;
  const half = keptCharacters / 2;
  const note = l10n.t(
    '…{0} characters of this old output are not shown; an export of the thread has them…',
    left,
  );
  return `${text.slice(0, half)}\n${note}\n${text.slice(-half)}`;
}

/** Part of a diff is no diff; the counts of lines still tell what happened. */
function withoutLongDiff<T extends { readonly diff: string }>(change: T): T {
  return change.diff.length > keptCharacters ? { ...change, diff: '' } : change;
}
