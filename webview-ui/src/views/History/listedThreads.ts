import type { SearchHit, ThreadSummary } from '../../../../src/protocol/viewProtocol';

/** A thread of the list, with the place where a search found its words. */
export interface ListedThread {
  readonly thread: ThreadSummary;
  readonly excerpt?: string;
}

/**
 * The threads to draw: those at hand or the archived ones, and during a search all that have its words, the titles at
 * once and the rest when the host has looked.
 */
export function listedThreads(
  threads: readonly ThreadSummary[],
  options: {
    readonly archived: boolean;
    readonly query: string;
    readonly hits: readonly SearchHit[] | undefined;
  },
): readonly ListedThread[] {
  const { archived, query, hits = [] } = options;
  if (query === '') {
    return threads
      .filter((thread) => (thread.archived ?? false) === archived)
      .map((thread) => ({ thread }));
  }
  const words = query.toLowerCase().split(/\s+/);
  return threads.flatMap((thread) => {
    const hit = hits.find(({ id }) => id === thread.id);
    if (hit) return [{ thread, ...(hit.excerpt ? { excerpt: hit.excerpt } : {}) }];
    const title = thread.title.toLowerCase();
    return words.every((word) => title.includes(word)) ? [{ thread }] : [];
  });
}
