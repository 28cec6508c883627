import type { ThreadEvent } from '../protocol/events';
import type { ContentId, ThreadId } from '../protocol/ids';
import type { ThreadPorts } from './threadPorts';

/** All contents a thread's journal names. */
export function contentIdsOf(events: readonly ThreadEvent[]): Set<ContentId> {
  const ids = new Set<ContentId>();
  const add = (...found: readonly (ContentId | null)[]) => {
    for (const id of found) if (id !== null) ids.add(id);
  };
  for (const event of events) {
    if (event.type === 'files.written') {
      for (const { before, after } of event.files) add(before, after);
    } else if (event.type === 'changes.updated') {
      for (const { baseline, live } of event.changeSet.files) add(baseline, live);
    } else if (event.type === 'hunk.resolved') {
      for (const { before, after } of event.accepted ?? []) add(before, after);
    } else if (event.type === 'thread.restored') {
      for (const { before, after } of event.restore.files) add(before, after);
      for (const { pending } of event.restore.pendingBefore) add(pending.baseline, pending.live);
    }
  }
  return ids;
}

/**
 * Notes which contents a thread that is about to be deleted has; calling the answer after that deletes those that no
 * other thread of its folder needs. What cannot be deleted stays until room is needed.
 */
export function contentsToForget(
  { store, contents, log }: Pick<ThreadPorts, 'store' | 'contents' | 'log'>,
  id: ThreadId,
): () => Promise<void> {
  let cwd: string | undefined;
  let ids = new Set<ContentId>();
  try {
    const { events } = store.read(id);
    const [first] = events;
    cwd = first?.type === 'thread.started' ? first.cwd : undefined;
    ids = contentIdsOf(events);
  } catch {
    log.warn('What a damaged thread had kept of files is not known.');
  }
  return async () => {
    if (cwd === undefined || ids.size === 0) return;
    try {
      for (const other of store.list()) {
        if (other.id === id || other.cwd !== cwd) continue;
        for (const needed of contentIdsOf(store.read(other.id).events)) ids.delete(needed);
        // Reading a long journal takes a moment: others get theirs in between.
        await new Promise((resolve) => setTimeout(resolve));
      }
      await contents(cwd).forget([...ids]);
    } catch {
      log.warn('Contents of a deleted thread could not be deleted yet.');
    }
  };
}
