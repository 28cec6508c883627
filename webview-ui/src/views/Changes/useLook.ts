import { useEffect, useRef, useState } from 'react';
import { seenChanges, type SeenChanges } from '../../../../src/protocol/changePreview';
import type { ChangedFile } from '../../../../src/protocol/changes';
import { useModel, useView } from '../../viewContext';

export interface Look {
  /** What the person had seen before this look; null where that is not known, or nothing. */
  readonly seen: SeenChanges | null;
  /** Nothing of what is there now is new any more. */
  readonly markSeen: () => void;
}

/** A page that is taken away with its view says nothing any more: what is open this long counts as seen already. */
const settleMs = 1000;

/**
 * A look at the changes: it begins when they are open in a view that can be seen, and when it ends all that is there
 * counts as seen, so that the next look tells what came since. Marks only help: requests that fail change nothing.
 */
export function useLook(files: readonly ChangedFile[], open: boolean): Look {
  const { connection } = useView();
  const threadId = useModel(({ thread }) => thread?.threadId);
  const [seen, setSeen] = useState<SeenChanges | null>(null);
  const visible = usePageVisible();
  const looking = open && visible && threadId !== undefined && files.length > 0;
  const latest = useRef(files);
  useEffect(() => {
    // What is settled last was seen as well, and nothing of it is left.
    if (files.length > 0) latest.current = files;
  }, [files]);

  useEffect(() => {
    if (!looking) return;
    let current = true;
    connection.request('changes/seen', {}).then(
      (before) => current && setSeen(before),
      () => undefined,
    );
    return () => {
      current = false;
      const params = { threadId, seen: seenChanges(latest.current) };
      connection.request('changes/markSeen', params).catch(() => undefined);
    };
  }, [connection, looking, threadId]);

  useEffect(() => {
    if (!looking) return;
    const timer = setTimeout(() => {
      const params = { threadId, seen: seenChanges(files) };
      connection.request('changes/markSeen', params).catch(() => undefined);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [connection, files, looking, threadId]);

  return {
    seen,
    markSeen() {
      if (threadId === undefined) return;
      const now = seenChanges(files);
      setSeen(now);
      connection.request('changes/markSeen', { threadId, seen: now }).catch(() => undefined);
    },
  };
}

function usePageVisible(): boolean {
  const [visible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const update = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);
  return visible;
}
