import { useCallback, useEffect, useState } from 'react';
import { undoDeleteMs } from '../../../../src/protocol/undoDelete';
import type { ThreadSummary } from '../../../../src/protocol/viewProtocol';
import { useView } from '../../viewContext';

/** The thread that was deleted last, while that can be undone. */
export interface Deletion {
  readonly deleted: ThreadSummary | null;
  /** Counts deletions and undos that the host has answered: the list is another one then. */
  readonly changes: number;
  readonly remove: (thread: ThreadSummary) => void;
  readonly undo: () => void;
}

export function useDeletion(): Deletion {
  const { connection, threads } = useView();
  const [deleted, setDeleted] = useState<ThreadSummary | null>(null);
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    if (!deleted) return;
    const timer = setTimeout(() => setDeleted(null), undoDeleteMs);
    return () => clearTimeout(timer);
  }, [deleted]);

  const ask = useCallback(
    (name: 'thread/delete' | 'thread/undelete', threadId: string) =>
      connection
        .request(name, { threadId })
        .then(() => threads.report(null))
        .catch((error: unknown) => {
          setDeleted(null);
          threads.reportError(error);
        })
        .finally(() => setChanges((count) => count + 1)),
    [connection, threads],
  );
  return {
    deleted,
    changes,
    remove(thread) {
      setDeleted(thread);
      void ask('thread/delete', thread.id);
    },
    undo() {
      if (!deleted) return;
      setDeleted(null);
      void ask('thread/undelete', deleted.id);
    },
  };
}
