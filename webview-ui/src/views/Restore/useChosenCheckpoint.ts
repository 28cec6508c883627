import { useCallback, useEffect, useState } from 'react';
import type { CheckpointRef } from '../../../../src/protocol/checkpoints';
import type { ThreadId } from '../../../../src/protocol/ids';
import { useView } from '../../viewContext';

/** The checkpoint of the shown thread whose preview is open, chosen in the view or in the editor. */
export function useChosenCheckpoint(threadId: ThreadId | undefined) {
  const { connection, threads } = useView();
  const [chosen, setChosen] = useState<{
    readonly threadId: ThreadId | undefined;
    readonly checkpoint: CheckpointRef;
  } | null>(null);
  const choose = useCallback(
    (checkpoint: CheckpointRef) =>
      setChosen({ threadId: threads.get().thread?.threadId, checkpoint }),
    [threads],
  );
  const close = useCallback(() => setChosen(null), []);
  useEffect(() => {
    connection.on('checkpoint/chosen', ({ checkpoint }) => choose(checkpoint));
  }, [connection, choose]);
  return {
    checkpoint: chosen?.threadId === threadId ? chosen?.checkpoint : undefined,
    choose,
    close,
  };
}
