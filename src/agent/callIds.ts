import type { ModelItem } from '../protocol/modelItem';
import { isCall } from './history';

/** The ids of the calls of each history that was asked for, by its array: it goes when the history goes. */
const known = new WeakMap<readonly ModelItem[], KnownIds>();

interface KnownIds {
  readonly ids: Set<string>;
  /** How much of the history is in them, and its last item. */
  length: number;
  last: ModelItem | undefined;
}

/**
 * The ids of all calls of a history. An array that grows is read once: a later question looks at what was added since
 * the one before.
 */
export function callIds(history: readonly ModelItem[]): ReadonlySet<string> {
  let found = known.get(history);
  // A compaction puts other items into the same array.
  if (!found || history[found.length - 1] !== found.last) {
    known.set(history, (found = { ids: new Set(), length: 0, last: undefined }));
  }
  for (; found.length < history.length; found.length++) {
    const item = history[found.length] as ModelItem;
    if (isCall(item)) found.ids.add(item.call_id);
    found.last = item;
  }
  return found.ids;
}
