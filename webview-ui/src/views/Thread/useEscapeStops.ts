import { useEffect } from 'react';
import { runningCompaction, runningTurn } from '../../../../src/protocol/threadState';
import { useAct, useModel } from '../../viewContext';

/** Fields in which Escape ends what is typed there. */
const otherFields = 'input, textarea:not(.composer textarea), [role=dialog]';

/** Escape stops what runs, wherever in the view the focus is, unless something nearer has a use for it. */
export function useEscapeStops(): void {
  const act = useAct();
  const busy = useModel(
    ({ thread, readOnly }) =>
      !readOnly &&
      thread !== null &&
      (runningTurn(thread) !== undefined || runningCompaction(thread) !== undefined),
  );
  useEffect(() => {
    if (!busy) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (event.target instanceof Element && event.target.closest(otherFields)) return;
      event.preventDefault();
      act('turn/interrupt', {});
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [act, busy]);
}
