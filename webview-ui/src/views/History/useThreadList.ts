import { useCallback, useEffect, useState } from 'react';
import type { SearchHit, ThreadSummary } from '../../../../src/protocol/viewProtocol';
import { useView } from '../../viewContext';

/** The list as it was when it was last asked for; undefined until it is there. Another `version` asks again. */
export function useThreadList(version: number): {
  readonly threads: readonly ThreadSummary[] | undefined;
  readonly reload: () => void;
} {
  const { connection, threads: store } = useView();
  const [threads, setThreads] = useState<readonly ThreadSummary[]>();
  const reload = useCallback(() => {
    connection.request('thread/list', {}).then(setThreads, (error: unknown) => {
      setThreads((known) => known ?? []);
      store.reportError(error);
    });
  }, [connection, store]);
  useEffect(reload, [reload, version]);
  return { threads, reload };
}

/** A pause in typing, in milliseconds, after which the threads themselves are searched. */
const typingPauseMs = 150;

/** What the host found in the threads; undefined while it still looks. */
export function useSearch(query: string): readonly SearchHit[] | undefined {
  const { connection, threads: store } = useView();
  const [answer, setAnswer] = useState<{ query: string; hits: readonly SearchHit[] }>();
  useEffect(() => {
    if (query === '') return;
    let wanted = true;
    const take = (hits: readonly SearchHit[]) => {
      if (wanted) setAnswer({ query, hits });
    };
    const timer = setTimeout(() => {
      connection.request('thread/search', { query }).then(take, (error: unknown) => {
        take([]);
        store.reportError(error);
      });
    }, typingPauseMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [connection, store, query]);
  return answer?.query === query ? answer.hits : undefined;
}
